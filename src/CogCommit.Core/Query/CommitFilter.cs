namespace CogCommit.Core.Query;

/// <summary>Which commits are meant. An empty list asks for nothing; within a list any item will do, and all that is set must hold.</summary>
public sealed record CommitFilter
{
    public IReadOnlyList<string> CommitIds { get; init; } = [];

    /// <summary>Names with PowerShell's wildcards, in any case.</summary>
    public IReadOnlyList<string> Projects { get; init; } = [];

    /// <summary>Names with PowerShell's wildcards, in any case.</summary>
    public IReadOnlyList<string> Branches { get; init; } = [];

    /// <summary>Paths with PowerShell's wildcards, relative or absolute, with <c>/</c> or <c>\</c>; read or changed.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    public IReadOnlyList<string> ClosedBy { get; init; } = [];

    public IReadOnlyList<string> Sources { get; init; } = [];

    public IReadOnlyList<string> SyncStatuses { get; init; } = [];

    /// <summary>7 or more hex digits: this and one of the commit's hashes, either the beginning of the other.</summary>
    public string? GitHash { get; init; }

    /// <summary>Some of the commit lies at or after it.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Some of the commit lies at or before it.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>All of the commit lies before it.</summary>
    public DateTimeOffset? ClosedBefore { get; init; }

    public Visibility Visibility { get; init; }
}
