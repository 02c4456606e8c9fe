using CogCommit.Core.Rows;

namespace CogCommit.Core.Capture.Fold;

/// <summary>A turn while records are folded into it.</summary>
internal sealed class TurnDraft
{
    public required string Id { get; init; }

    public required int Ordinal { get; init; }

    public required bool IsPrompt { get; init; }

    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>How many records of its session were folded when it came.</summary>
    public required long Created { get; init; }

    /// <summary>The same when it last changed: a longer transcript never has less.</summary>
    public long Touched { get; set; }

    /// <summary>
    /// How many records its text was made from when it was read back: a pull may have brought the row of a longer transcript, and that holds
    /// records which come here only later.
    /// </summary>
    public long Holds { get; init; }

    public string Content { get; set; } = "";

    public string? Model { get; set; }

    public List<CallDraft> Calls { get; init; } = [];

    public bool Interrupted { get; set; }

    public bool HasImages { get; set; }

    public TokenUsage? Usage { get; set; }

    public string? Branch { get; set; }

    /// <summary>A queued prompt that is not placed yet.</summary>
    public bool Provisional { get; init; }
}

/// <summary>A tool call of a turn.</summary>
internal sealed class CallDraft
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Input { get; init; }

    public string? Result { get; set; }

    public bool IsError { get; set; }
}
