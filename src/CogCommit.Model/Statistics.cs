namespace CogCommit;

/// <summary>Counts over a part of the history. No record is counted twice.</summary>
public sealed class Statistics
{
    /// <summary>Commits.</summary>
    public int Commits { get; init; }

    /// <summary>
    /// Conversations with an agent, each once, into however many commits it was cut; subagents are not counted. Get-CogCommitSession lists
    /// the parts that these conversations and the subagents have in each commit.
    /// </summary>
    public int Sessions { get; init; }

    /// <summary>Turns.</summary>
    public long Turns { get; init; }

    /// <summary>Turns a person wrote.</summary>
    public long Prompts { get; init; }

    /// <summary>Input tokens, without cache reads and writes.</summary>
    public long InputTokens { get; init; }

    /// <summary>Output tokens.</summary>
    public long OutputTokens { get; init; }

    /// <summary>The earliest turn, or null when there is none.</summary>
    public DateTimeOffset? First { get; init; }

    /// <summary>The latest turn, or null when there is none.</summary>
    public DateTimeOffset? Last { get; init; }

    /// <summary>By project name.</summary>
    public IReadOnlyList<StatisticsGroup> ByProject { get; init; } = [];

    /// <summary>By agent.</summary>
    public IReadOnlyList<StatisticsGroup> BySource { get; init; } = [];

    /// <summary>By model; Commits counts those in which the model answered.</summary>
    public IReadOnlyList<StatisticsGroup> ByModel { get; init; } = [];

    /// <summary>By tool; Count is the number of calls.</summary>
    public IReadOnlyList<StatisticsGroup> ByTool { get; init; } = [];

    /// <summary>By local day of the turns, <c>yyyy-MM-dd</c>.</summary>
    public IReadOnlyList<StatisticsGroup> ByDay { get; init; } = [];
}

/// <summary>One row of a breakdown.</summary>
public sealed class StatisticsGroup
{
    /// <summary>The project, agent, model, tool or day.</summary>
    public required string Name { get; init; }

    /// <summary>What the breakdown counts: calls for tools, turns otherwise.</summary>
    public long Count { get; init; }

    /// <summary>Commits with at least one of them.</summary>
    public int Commits { get; init; }

    /// <summary>Input tokens.</summary>
    public long InputTokens { get; init; }

    /// <summary>Output tokens.</summary>
    public long OutputTokens { get; init; }

    /// <summary>Name and count.</summary>
    public override string ToString() => $"{Name}: {Count}";
}
