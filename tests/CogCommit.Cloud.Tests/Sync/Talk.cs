namespace CogCommit.Cloud.Tests.Sync;

/// <summary>An agent session as a test tells it: turns in order, and where git commits and explicit boundaries cut it.</summary>
internal sealed record Talk
{
    public required string AgentSessionId { get; init; }

    public string Project { get; init; } = "demo";

    public DateTimeOffset Start { get; init; } = new(2026, 1, 1, 9, 0, 0, TimeSpan.Zero);

    /// <summary>A turn: user and assistant take turns, beginning with the user.</summary>
    public required IReadOnlyList<string> Turns { get; init; }

    /// <summary>How many turns stand before each cut.</summary>
    public IReadOnlyList<int> Cuts { get; init; } = [];

    /// <summary>Of the cuts, those that the user made.</summary>
    public IReadOnlyList<int> Boundaries { get; init; } = [];

    public bool Parallel { get; init; }

    public static Talk Of(string agentSessionId, params string[] turns) => new() { AgentSessionId = agentSessionId, Turns = turns };

    /// <summary>With so many turns in all: an earlier or a later state of the same transcript.</summary>
    public Talk Grown(int turns) => this with
    {
        Turns = [.. Turns.Take(turns), .. Enumerable.Range(Turns.Count, Math.Max(0, turns - Turns.Count)).Select(n => $"turn {n} of {AgentSessionId}")],
        Cuts = [.. Cuts.Where(cut => cut <= turns)],
        Boundaries = [.. Boundaries.Where(boundary => boundary <= turns)],
    };
}
