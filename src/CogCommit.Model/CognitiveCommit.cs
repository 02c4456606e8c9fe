namespace CogCommit;

/// <summary>The work between two git commits of an agent session. A copy of what the store holds: it touches no store.</summary>
public sealed class CognitiveCommit
{
    /// <summary>UUID, lower case: UUIDv5 of the commit's first turn.</summary>
    public required string Id { get; init; }

    /// <summary>What the user set, else derived from the conversation; one line, never empty.</summary>
    public required string Title { get; init; }

    /// <summary>The project's name, or null when none is known.</summary>
    public string? ProjectName { get; init; }

    /// <summary>The commit's last git branch, or null.</summary>
    public string? Branch { get; init; }

    /// <summary>The git hash that closed the commit, as git printed it (7 to 64 hex digits), or null.</summary>
    public string? GitHash { get; init; }

    /// <summary>All git hashes made within the commit, in order.</summary>
    public TextList GitHashes { get; init; } = TextList.Empty;

    /// <summary>The subject of the git commit that closed it, or null.</summary>
    public string? GitSubject { get; init; }

    /// <summary><c>git_commit</c>, <c>session_end</c> or <c>explicit</c>.</summary>
    public required string ClosedBy { get; init; }

    /// <summary>The agent: <c>claude_code</c>, ...</summary>
    public required string Source { get; init; }

    /// <summary>The earliest time of its turns.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The latest time of its turns and of the result that closed it.</summary>
    public required DateTimeOffset ClosedAt { get; init; }

    /// <summary>ClosedAt less StartedAt, in seconds.</summary>
    public double DurationSeconds => (ClosedAt - StartedAt).TotalSeconds;

    /// <summary>True when another agent session of the same project was at work meanwhile.</summary>
    public bool Parallel { get; init; }

    /// <summary>How many sessions (agent sessions and subagents) took part.</summary>
    public int SessionCount { get; init; }

    /// <summary>How many turns it has, those of subagents included.</summary>
    public int TurnCount { get; init; }

    /// <summary>How many of its turns a person wrote.</summary>
    public int PromptCount { get; init; }

    /// <summary>Input tokens of its turns, without cache reads and writes.</summary>
    public long InputTokens { get; init; }

    /// <summary>Output tokens of its turns.</summary>
    public long OutputTokens { get; init; }

    /// <summary>Files the agent read, relative to the work tree with <c>/</c> where they lie in it, in order of first touch.</summary>
    public TextList FilesRead { get; init; } = TextList.Empty;

    /// <summary>Files the agent changed; see <see cref="FilesRead"/>.</summary>
    public TextList FilesChanged { get; init; } = TextList.Empty;

    /// <summary>Marked by the user as published.</summary>
    public bool Published { get; init; }

    /// <summary>Left out of lists unless asked for.</summary>
    public bool Hidden { get; init; }

    /// <summary>The user's own order; 0 unless set.</summary>
    public int DisplayOrder { get; init; }

    /// <summary><c>pending</c>, <c>synced</c>, <c>filtered</c>, <c>over_limit</c>, <c>conflict</c>, <c>error</c> or <c>too_large</c>.</summary>
    public required string SyncStatus { get; init; }

    /// <summary>The version of the curated fields, from 1.</summary>
    public int Version { get; init; }

    /// <summary>When the curated fields were last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When it was deleted; null unless it was. Deleted commits are listed by <c>Get-CogCommit -Deleted</c> alone.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>The title.</summary>
    public override string ToString() => Title;
}
