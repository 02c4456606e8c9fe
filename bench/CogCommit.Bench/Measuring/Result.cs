namespace CogCommit.Bench.Measuring;

/// <summary>One row of the table.</summary>
internal sealed record Result
{
    public required string What { get; init; }

    /// <summary>How much there was to do: bytes, rows, files.</summary>
    public required string Work { get; init; }

    /// <summary>Seconds, or whatever <see cref="Unit"/> says.</summary>
    public required Spread Ours { get; init; }

    public string Unit { get; init; } = "s";

    /// <summary>What stands beside it, measured in the same run.</summary>
    public string? LimitName { get; init; }

    public Spread? Limit { get; init; }

    /// <summary>The most memory at once, in bytes, of a process that does only this.</summary>
    public long? PeakMemory { get; init; }

    public required string Goal { get; init; }

    /// <summary>What else was counted: allocations, rows, statements.</summary>
    public string Counted { get; init; } = "";
}
