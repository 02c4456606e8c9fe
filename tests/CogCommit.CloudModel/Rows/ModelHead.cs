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

    /// <summary>When this cloud was last wiped; null: it never was.</summary>
    public long? WipedAt { get; init; }

    /// <summary>Pushes up to this one are gone.</summary>
    public long? WipedSeq { get; init; }

    /// <summary>The last push that a device which begins now could have heard of: after a wipe there is none, though the head counts on.</summary>
    public long Before => PushId is null ? 0 : Seq;

    /// <summary>Whether a device that heard of this push, and of none later, missed the wipe.</summary>
    public bool MissedWipe(long seen) => WipedAt is not null && (seen <= WipedSeq || PushId is null);

    /// <summary>What stays of it: the count and the mark.</summary>
    public ModelHead Wiped(long now) => new() { Seq = Seq, WipedAt = now, WipedSeq = Seq };
}
