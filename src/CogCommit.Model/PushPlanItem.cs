namespace CogCommit;

/// <summary>What a push would do with one commit (<c>Push-CogCommit -DryRun</c>).</summary>
public sealed class PushPlanItem
{
    /// <summary>The commit.</summary>
    public required string CommitId { get; init; }

    /// <summary>Its title.</summary>
    public required string Title { get; init; }

    /// <summary>The project's name, or null.</summary>
    public string? ProjectName { get; init; }

    /// <summary><c>push</c>, <c>filtered</c>, <c>over_limit</c>, <c>error</c> or <c>too_large</c>.</summary>
    public required string Action { get; init; }

    /// <summary>Turns that would be sent.</summary>
    public int Turns { get; init; }

    /// <summary>Bytes of the rows that would be sent, about.</summary>
    public long Bytes { get; init; }
}
