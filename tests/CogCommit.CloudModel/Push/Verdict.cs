using CogCommit.CloudModel.Json;

namespace CogCommit.CloudModel.Push;

/// <summary>What may become of one row of a batch, or of one half of a commit.</summary>
internal sealed class Verdict
{
    public required VerdictKind Kind { get; init; }

    /// <summary>In its array of the batch.</summary>
    public required int Place { get; init; }

    public required Jsonb Row { get; init; }

    /// <summary>The local id; empty where it is no id.</summary>
    public required string Id { get; init; }

    /// <summary>Of the commit it belongs to; null where that is unknown.</summary>
    public string? CommitId { get; init; }

    /// <summary>Of a turn: its session.</summary>
    public string? SessionId { get; init; }

    /// <summary>Null: a half that was not sent.</summary>
    public string? Status { get; set; }

    public string? Reason { get; set; }

    public bool IsNew { get; init; }

    /// <summary>What the quota counts of it.</summary>
    public long Bytes { get; init; }

    /// <summary>What it counts now.</summary>
    public long OldBytes { get; init; }

    /// <summary>The commit where it counts now.</summary>
    public string? OldCommitId { get; init; }

    public bool IsAccepted => Status == CloudModel.Status.Accepted;

    public bool IsPurged => Status == CloudModel.Status.Lost && Reason == "purged";

    /// <summary>Bytes and turns are counted of it.</summary>
    public bool IsWeighed => Kind is VerdictKind.Turn or VerdictKind.Visual;
}
