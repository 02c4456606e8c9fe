namespace CogCommit.Core.Capture;

/// <summary>What to import. The filters choose whole files; one that is not chosen keeps its place.</summary>
public sealed record ImportOptions
{
    /// <summary>Files and folders; empty: the agent's own folders.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>Names of projects, wildcards allowed; empty: all.</summary>
    public IReadOnlyList<string> Projects { get; init; } = [];

    /// <summary>Only files that say something at or after this time.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Read everything from the start.</summary>
    public bool Rebuild { get; init; }

    /// <summary>Projects that are never read, wildcards allowed.</summary>
    public IReadOnlyList<string> ExcludeProjects { get; init; } = [];
}
