namespace CogCommit;

/// <summary>What an import did.</summary>
public sealed class ImportResult
{
    /// <summary>Transcript files looked at.</summary>
    public int Files { get; init; }

    /// <summary>Files with something new, read from their stored offset or from the start.</summary>
    public int FilesRead { get; init; }

    /// <summary>Lines read.</summary>
    public long Lines { get; init; }

    /// <summary>Bytes read.</summary>
    public long Bytes { get; init; }

    /// <summary>Commits that were not in the store before.</summary>
    public int CommitsNew { get; init; }

    /// <summary>Commits that were there and changed.</summary>
    public int CommitsUpdated { get; init; }

    /// <summary>Turns that were not in the store before.</summary>
    public int TurnsNew { get; init; }

    /// <summary>New turns that a person wrote.</summary>
    public int Prompts { get; init; }

    /// <summary>Files skipped as the agent's own housekeeping.</summary>
    public int Housekeeping { get; init; }

    /// <summary>Records skipped because another transcript holds them already (forks, resumed sessions).</summary>
    public long Replays { get; init; }

    /// <summary>Texts in which PostgreSQL could not hold a character or a value, and it was replaced.</summary>
    public long Replaced { get; init; }

    /// <summary>Lines that could not be read. They are passed over; the rest is imported.</summary>
    public IReadOnlyList<BadLine> BadLines { get; init; } = [];

    /// <summary>Wall time, in seconds.</summary>
    public double DurationSeconds { get; init; }
}
