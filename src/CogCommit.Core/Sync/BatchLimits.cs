namespace CogCommit.Core.Sync;

/// <summary>What the cloud takes in one push (docs/sync-protocol.md, "Push").</summary>
/// <param name="Rows">Rows of a batch.</param>
/// <param name="Bytes">Bytes of a batch's rows. The rest up to the cloud's 1 MB is for the envelope.</param>
/// <param name="RowBytes">Bytes of one row, which then goes alone.</param>
internal sealed record BatchLimits(int Rows, int Bytes, int RowBytes)
{
    public static readonly BatchLimits Default = new(2_000, 1_000_000, 4 * 1024 * 1024);
}
