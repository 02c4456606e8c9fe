using CogCommit.Core.Rows;

namespace CogCommit.Core.Sync;

/// <summary>A row on its way to the cloud.</summary>
internal sealed record OutgoingRow
{
    public required RowKind Kind { get; init; }

    public required string Id { get; init; }

    /// <summary>The commit it belongs to; its own id for a commit.</summary>
    public required string CommitId { get; init; }

    /// <summary>The row that the cloud must have before it; null for a commit.</summary>
    public string? ParentId { get; init; }

    /// <summary>The change that is sent, and so the one that an answer confirms.</summary>
    public required long ChangeSeq { get; init; }

    public ReadOnlyMemory<byte> Json { get; init; }

    /// <summary>Of a commit: what is sent of its halves.</summary>
    public CommitRow? Commit { get; init; }

    /// <summary>Null when it can be sent; else the state it is left in.</summary>
    public string? PushState { get; init; }

    /// <summary>Why it cannot be sent, for the reader.</summary>
    public string? Problem { get; init; }

    /// <summary>What it counts in a batch: a commit brings the projects and the machine that it names.</summary>
    public int Rows => 1 + (Commit?.Captured?.Project is null ? 0 : 1) + (Commit?.Curated?.Project is null ? 0 : 1) + (Commit?.Captured?.MachineId is null ? 0 : 1);
}
