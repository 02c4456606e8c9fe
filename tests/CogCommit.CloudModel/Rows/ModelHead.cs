namespace CogCommit.CloudModel.Rows;

/// <summary>The row of sync_heads.</summary>
internal sealed record ModelHead
{
    public long Seq { get; init; }

    public string? PushId { get; init; }

    /// <summary>Live and with turns.</summary>
    public int Commits { get; init; }

    public long Bytes { get; init; }

    public int CommitRows { get; init; }

    public int SessionRows { get; init; }

    public int TurnRows { get; init; }

    public int VisualRows { get; init; }
}
