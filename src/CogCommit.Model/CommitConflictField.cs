namespace CogCommit;

/// <summary>A field in which two edits of a commit differ.</summary>
public sealed class CommitConflictField
{
    /// <summary><c>Title</c>, <c>Project</c>, <c>Hidden</c>, <c>Published</c>, <c>DisplayOrder</c> or <c>Deleted</c>.</summary>
    public required string Field { get; init; }

    /// <summary>What was said on this machine; null: what capture found.</summary>
    public object? Local { get; init; }

    /// <summary>What was said on another machine; null: what capture found.</summary>
    public object? Cloud { get; init; }

    /// <summary>What gave way: <see cref="Local"/> or <see cref="Cloud"/>.</summary>
    public object? Lost { get; init; }

    /// <summary>What it gave way to.</summary>
    public object? Won { get; init; }

    /// <summary>What the commit says now; null: what capture found, or the commit is not here any more.</summary>
    public object? Now { get; init; }

    /// <summary>The field, and what both sides say.</summary>
    public override string ToString() => $"{Field}: {Local ?? "-"} | {Cloud ?? "-"}";
}
