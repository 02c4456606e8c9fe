using CogCommit.CloudModel.Json;
using CogCommit.CloudModel.Rows;

namespace CogCommit.CloudModel.Push;

/// <summary>What the accepted rows of one commit add to what the quotas count.</summary>
internal sealed class Need(string commitId, ModelCommit? old)
{
    private long bytes;
    private long oldBytes;
    private long movedBytes;
    private int newTurns;
    private Jsonb? captured;
    private Jsonb? curated;

    public string CommitId => commitId;

    public bool IsRevived => old is { IsLive: false } && IsLive;

    public long StartedAt => captured is null ? old!.Captured.StartedAt : Field.TimeOf(captured["started_at"]);

    public int NewCommits => (IsLive && HasTurns ? 1 : 0) - (old is { IsLive: true, HasTurns: true } ? 1 : 0);

    public long NewBytes => (IsLive ? (old?.Held ?? 0) + bytes - oldBytes : 0) - (old is { IsLive: true } ? old.Held : 0) - movedBytes;

    /// <summary>Room that must be there: a new commit that comes in several calls says how large it will be.</summary>
    public long AskedBytes => Math.Max(NewBytes, old is null && IsLive && captured is not null ? Field.NumberOf(captured["bytes"]) : 0);

    public bool IsFree => NewCommits <= 0 && AskedBytes <= 0;

    private bool IsLive => curated is null ? old?.IsLive ?? true : Check.IsAbsent(curated["deleted_at"]);

    private bool HasTurns =>
        (captured is null ? old!.Captured.TurnCount : Field.NumberOf(captured["turn_count"])) > 0 || (old?.StoredTurns ?? 0) + newTurns > 0;

    /// <param name="verdict">An accepted row.</param>
    /// <param name="isFreed">Whether this commit counts nothing any more, or will not once this batch is stored.</param>
    public void Add(Verdict verdict, Func<string, bool> isFreed)
    {
        switch (verdict.Kind)
        {
            case VerdictKind.Captured:
                captured = verdict.Row["captured"];
                break;
            case VerdictKind.Curated:
                curated = verdict.Row["curated"];
                break;
            case VerdictKind.Turn or VerdictKind.Visual:
                bytes += verdict.Bytes;
                newTurns += verdict.Kind == VerdictKind.Turn && verdict.OldCommitId != commitId ? 1 : 0;
                if (verdict.OldCommitId == commitId)
                {
                    oldBytes += verdict.OldBytes;
                }
                else if (verdict.OldCommitId is { } from && !isFreed(from))
                {
                    movedBytes += verdict.OldBytes;
                }

                break;
        }
    }
}
