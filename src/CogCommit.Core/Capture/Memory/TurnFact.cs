namespace CogCommit.Core.Capture.Memory;

/// <summary>What is known of a turn beside its text: enough to cut commits anew.</summary>
internal sealed record TurnFact
{
    public required int Ordinal { get; init; }

    public required string TurnId { get; init; }

    public required bool IsPrompt { get; init; }

    public required DateTimeOffset Timestamp { get; init; }

    public required long Created { get; init; }

    public required long Touched { get; init; }

    public string? Branch { get; init; }

    public string? Title { get; init; }

    public bool IsBareCommand { get; init; }

    public IReadOnlyList<string> FilesRead { get; init; } = [];

    public IReadOnlyList<string> FilesChanged { get; init; } = [];

    public bool Owned { get; init; } = true;

    public bool Provisional { get; init; }

    public string? CommitId { get; init; }
}
