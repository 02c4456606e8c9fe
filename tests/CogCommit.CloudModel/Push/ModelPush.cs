using System.Text.Json;
using CogCommit.CloudModel.Json;
using CogCommit.CloudModel.Rows;
using CogCommit.Core;

namespace CogCommit.CloudModel.Push;

/// <summary>cogcommit_push: one device's rows, merged into the user's.</summary>
internal sealed class ModelPush(ModelCloud cloud, Jsonb batch)
{
    private readonly ModelState state = cloud.State;
    private readonly long now = cloud.Now;
    private readonly Verdicts verdicts = new();

    public JsonElement Run()
    {
        ModelWipe.Check(batch["seen"], state);
        var known = state.Head;
        var head = state.Head ??= new ModelHead();
        Judge();
        try
        {
            Envelope.CheckSize(batch, TravellingBytes(_ => true));
        }
        catch (ModelRefusedException)
        {
            // Nothing else was written yet.
            state.Head = known;
            throw;
        }

        Admission.Run(cloud, verdicts);

        var touched = new TouchedRows();
        var touches = TouchedCommits();
        var was = Weigh(touches);
        var changed = Store(head.Seq + 1, touched);
        var isNow = Weigh(touches);
        changed += Purge.Run(state, head.Seq + 1, now, touched);

        var (before, seq) = (head.Before, head.Seq + 1);
        if (changed > 0)
        {
            Advance(seq, changed, touched, isNow.Commits - was.Commits, isNow.Bytes - was.Bytes);
        }
        else
        {
            // A repeated push that had everything the first time moves the cursor as that one did.
            (before, seq) = state.Pushes.FindLast(entry => entry.BatchId == BatchId) is { } repeated
                ? (state.PushAt(repeated.Seq - 1)?.Seq ?? 0, repeated.Seq)
                : (before, before);
        }

        return new PushAnswer(cloud, verdicts, batch, now).Write(before, seq);
    }

    private string BatchId => batch["push_id"]!.Text;

    /// <summary>The cloud's own name for this push.</summary>
    private string PushId => Ids.V5(Guid.ParseExact(BatchId, "D"), Times.Text(now));

    private void Judge()
    {
        new JudgeCommits(state, now).Run(Rows("commits"), verdicts);
        JudgeSessions.Run(state, Rows("sessions"), verdicts);
        JudgeTurns.Run(state, Rows("turns"), verdicts);
        JudgeVisuals.Run(state, Rows("visuals"), now, verdicts);
    }

    private int Store(long seq, TouchedRows touched)
    {
        var names = new StoreNames(state, verdicts, seq, touched);
        var rows = new StoreRows(cloud, verdicts, seq, now, touched);
        return names.Machines(batch) + names.Projects(batch) + rows.Commits() + rows.Sessions() + rows.Turns() + rows.Visuals();
    }

    private void Advance(long seq, int changed, TouchedRows touched, int moreCommits, long moreBytes)
    {
        var head = state.Head!;
        state.Head = head with
        {
            Seq = seq,
            PushId = PushId,
            Commits = head.Commits + moreCommits,
            Bytes = head.Bytes + moreBytes,
            CommitRows = head.CommitRows + verdicts.Commits.Count(row => row.Captured is { IsNew: true, IsAccepted: true }),
            SessionRows = head.SessionRows + verdicts.Sessions.Count(IsNews),
            TurnRows = head.TurnRows + verdicts.Turns.Count(IsNews),
            VisualRows = head.VisualRows + verdicts.Visuals.Count(IsNews),
        };
        state.Pushes.Add(new ModelPushEntry(seq, PushId, BatchId, changed, TravellingBytes(verdict => verdict.IsAccepted) + 200L * changed, touched));
        if (batch["machine"]?.TextOf("machine_id") is { } id && state.Machines.TryGetValue(id, out var machine))
        {
            state.Machines[id] = machine with { SyncedSeq = seq };
        }

        static bool IsNews(Verdict verdict) => verdict is { IsNew: true, IsAccepted: true };
    }

    /// <summary>Of rows as they came; of a commit once, whichever half it is.</summary>
    private long TravellingBytes(Func<Verdict, bool> counts)
    {
        long bytes = 0;
        foreach (var (captured, curated) in verdicts.Commits)
        {
            var half = captured is not null && counts(captured) ? captured : curated is not null && counts(curated) ? curated : null;
            bytes += half?.Row.PrintedBytes ?? 0;
        }

        foreach (var verdict in verdicts.All().Where(counts))
        {
            bytes += verdict.Kind is VerdictKind.Captured or VerdictKind.Curated ? 0
                : verdict.Kind == VerdictKind.Turn ? ModelTurn.TravellingBytesOf(verdict.Row)
                : verdict.Row.PrintedBytes;
        }

        return bytes;
    }

    private HashSet<string> TouchedCommits()
    {
        var ids = new HashSet<string>();
        foreach (var verdict in verdicts.All())
        {
            if (verdict.IsAccepted)
            {
                ids.Add(verdict.CommitId!);
                if (verdict.OldCommitId is { } from)
                {
                    ids.Add(from);
                }
            }
        }

        return ids;
    }

    private (int Commits, long Bytes) Weigh(HashSet<string> ids)
    {
        var (commits, bytes) = (0, 0L);
        foreach (var id in ids)
        {
            if (state.Commits.TryGetValue(id, out var commit) && commit.IsLive)
            {
                commits += commit.HasTurns ? 1 : 0;
                bytes += commit.Held;
            }
        }

        return (commits, bytes);
    }

    private IReadOnlyList<Jsonb> Rows(string kind) => batch[kind]?.Items ?? [];
}
