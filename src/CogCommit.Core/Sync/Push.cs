using CogCommit.Core.Cloud;
using CogCommit.Core.Rows;
using CogCommit.Core.Store;
using Microsoft.Data.Sqlite;

namespace CogCommit.Core.Sync;

/// <summary>
/// Sends what waits, batch by batch, and takes each answer into the store in one transaction; one that only confirms while the next batch is away.
/// Whatever stops it, what was not confirmed waits still, and repeating it is harmless.
/// </summary>
internal sealed partial class Push(StoreFile store, ICloud cloud, BatchLimits limits, PushOutcome outcome, IReport? report = null)
{
    // A row whose parent the cloud lacks makes the parent wait again: its session in the next round, the session's commit in the one
    // after. An edit that met another one, and won, is sent again too.
    private const int Rounds = 4;

    private readonly PushOutcome _outcome = outcome;
    private readonly HashSet<string> _blocked = [];
    private readonly HashSet<(RowKind, string)> _retried = [];
    private bool _again;
    private bool _full;
    private Quota? _quota;
    private MachineRow _machine = new("", null);
    private (IReadOnlyList<OutgoingRow> Rows, PushAnswer Answer)? _heard;

    /// <summary>What it has done so far; right also when it is stopped.</summary>
    public PushOutcome Outcome => _outcome;

    public async Task RunAsync(PushOptions options, IProgress<SyncProgress>? progress, CancellationToken cancellationToken)
    {
        for (var round = 1; round <= Rounds; round++)
        {
            _again = false;
            await RunOnceAsync(options, progress, cancellationToken).ConfigureAwait(false);
            if (!_again)
            {
                break;
            }

            options = options with { Force = false, Retry = false };
        }

        store.Write(transaction => SyncState.SetPushed(transaction, store.Clock.GetUtcNow()));
        if (_outcome.PicturesGone)
        {
            VisualSweep.Run(store);
        }
    }

    private async Task RunOnceAsync(PushOptions options, IProgress<SyncProgress>? progress, CancellationToken cancellationToken)
    {
        var identity = MachineIdentity.Of(store);
        _machine = new MachineRow(identity.MachineId, identity.Name);
        using var reader = store.OpenReader();
        _quota = SyncState.Read(reader)?.Quota;
        var room = new Room(_quota);
        List<(CommitState Commit, PushAction Action)> commits = [];
        foreach (var commit in Queue.Commits(reader, options))
        {
            var action = PushPlan.Decide(commit, room, options.Retry || options.Force);
            report?.Debug($"Plan: {action} of commit {commit.Id}, {commit.Turns} turns waiting.");
            switch (action)
            {
                case PushAction.Push:
                    commits.Add((commit, action));
                    break;
                case PushAction.PushEdit:
                    commits.Add((commit, action));
                    _outcome.OverLimit.Add(commit.Id);
                    break;
                case PushAction.Filtered:
                    _outcome.Filtered.Add(commit.Id);
                    break;
                case PushAction.OverLimit:
                    _outcome.OverLimit.Add(commit.Id);
                    break;
                default:
                    _outcome.Failed.Add(commit.Id);
                    break;
            }
        }

        var total = commits.Sum(item => item.Action == PushAction.PushEdit ? 0L : item.Commit.Turns);
        report?.Verbose($"{commits.Count} commits have something to send: {total} turns.");
        long done = 0;
        List<OutgoingRow> unsendable = [];
        using var batches = PushPlan.Pack(Rows(reader, commits, options, unsendable), limits).GetEnumerator();
        var ahead = new ReadAhead(batches);
        string? begun = null;
        try
        {
            while (ahead.Take() is { } read)
            {
                var batch = StillWanted(read, commits, begun);
                begun = read.Rows[^1].CommitId;
                if (batch.Rows.Count > 0)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    await SendAsync(batch, ahead.Read, cancellationToken).ConfigureAwait(false);
                    done += batch.Rows.Count(row => row.Kind == RowKind.Turn);
                    progress?.Report(new SyncProgress("Sending", done, Math.Max(done, total), "turns"));
                }
            }
        }
        finally
        {
            TakeIn();
        }

        if (unsendable.Count > 0)
        {
            store.Write(transaction => unsendable.ForEach(row => Fail(transaction, row, row.PushState!, row.Problem)));
        }
    }

    /// <summary>The rows to send. What an answer said of a commit meanwhile counts: of one that is over the limit nothing more is sent.</summary>
    private IEnumerable<OutgoingRow> Rows(
        SqliteConnection reader, List<(CommitState Commit, PushAction Action)> commits, PushOptions options, List<OutgoingRow> unsendable)
    {
        foreach (var (commit, action) in commits)
        {
            if (!MayFit(commit))
            {
                store.Write(transaction => MarkOverLimit(transaction, commit.Id));
                continue;
            }

            foreach (var row in Queue.Rows(reader, commit, action, options, limits))
            {
                if (_blocked.Contains(commit.Id))
                {
                    break;
                }

                if (row.PushState is null)
                {
                    yield return row;
                }
                else
                {
                    unsendable.Add(row);
                }
            }
        }
    }

    /// <summary>Once the cloud has said that it is full, what will not fit is not carried there to be told so.</summary>
    private bool MayFit(CommitState commit) => !_full || commit.Confirmed || commit.Deleted || new Room(_quota).TryTake(commit);

    /// <summary>A batch that was read while the one before it was away: what the answer said of its commits counts for it too.</summary>
    /// <param name="batch">As it was read.</param>
    /// <param name="commits">All that are sent.</param>
    /// <param name="begun">The commit of which the batch before had rows already.</param>
    private OutgoingBatch StillWanted(OutgoingBatch batch, List<(CommitState Commit, PushAction Action)> commits, string? begun)
    {
        if (_full)
        {
            var begins = batch.Rows.Select(row => row.CommitId).Where(id => id != begun && !_blocked.Contains(id)).ToHashSet();
            foreach (var (commit, _) in commits.Where(item => begins.Contains(item.Commit.Id) && !MayFit(item.Commit)))
            {
                store.Write(transaction => MarkOverLimit(transaction, commit.Id));
            }
        }

        return batch.Where(row => !_blocked.Contains(row.CommitId));
    }

    /// <param name="batch">What is sent.</param>
    /// <param name="whileAway">What is done while the batch is on its way and in the cloud; null: nothing.</param>
    /// <param name="cancellationToken">Ends it; what was not confirmed waits still.</param>
    private async Task SendAsync(OutgoingBatch batch, Action? whileAway, CancellationToken cancellationToken)
    {
        var rows = batch.Rows;
        var body = Body(batch);
        try
        {
            var away = cloud.PushAsync(body, cancellationToken);
            await MeanwhileAsync(away, whileAway).ConfigureAwait(false);
            var answer = PushAnswer.Read(await away.ConfigureAwait(false));
            _heard = (rows, answer);
            _quota = answer.Quota ?? _quota;
            if (!answer.OnlyConfirms(rows))
            {
                TakeIn();
            }

            report?.Verbose(Sent(rows, answer, body.Length));
        }
        catch (BatchTooLargeException tooLarge) when (rows.Count == 1)
        {
            // What the cloud itself takes no row of is known. A smaller one was refused by a gateway with limits of its own: somebody should look.
            var known = rows[0].Json.Length > BatchLimits.Default.RowBytes;
            store.Write(transaction => Fail(
                transaction, rows[0], known ? PushStates.TooLarge : PushStates.Error, known ? null : tooLarge.Message));
        }
        catch (CloudRejectedException rejected) when (rows.Count == 1 && IsOfTheData(rejected))
        {
            store.Write(transaction => Fail(transaction, rows[0], PushStates.Error, rejected.Message));
        }
        catch (CogCommitException fault) when (fault is BatchTooLargeException || (fault is CloudRejectedException rejected && IsOfTheData(rejected)))
        {
            report?.Debug($"The cloud cannot take a batch of {rows.Count} rows and {body.Length} bytes as it is ({fault.ErrorId}); it goes in halves.");
            // Halves, so that one row that cannot be taken is found and stops only itself.
            var half = rows.Count / 2;
            await SendAsync(new OutgoingBatch([.. rows.Take(half)]), whileAway: null, cancellationToken).ConfigureAwait(false);
            var rest = rows.Skip(half).Where(row => !_blocked.Contains(row.CommitId)).ToList();
            if (rest.Count > 0)
            {
                await SendAsync(new OutgoingBatch(rest), whileAway: null, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>The batch as it goes. What an answer that waits to be taken in says of the cursor counts already.</summary>
    private byte[] Body(OutgoingBatch batch)
    {
        using var reader = store.OpenReader();
        var state = SyncState.Read(reader);
        if (_heard is { } heard && !heard.Answer.Follows(state?.Cursor))
        {
            TakeIn();
            state = SyncState.Read(reader);
        }

        var cursor = _heard?.Answer.Made ?? state?.Cursor;
        return BatchJson.Write(reader, _machine, batch, cursor, cursor?.Seq ?? state?.Seen ?? 0);
    }

    private async Task MeanwhileAsync(Task away, Action? work)
    {
        try
        {
            TakeIn();
            work?.Invoke();
        }
        catch
        {
            // What is away is heard out: whoever called may close what it needs. Its own fault comes second to this one.
            await away.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }

    /// <summary>Takes the answer that was heard last into the store, unless that is done.</summary>
    private void TakeIn()
    {
        if (_heard is { } heard)
        {
            _heard = null;
            store.Write(transaction => Apply(transaction, heard.Rows, heard.Answer));
        }
    }

    private static string Sent(IReadOnlyList<OutgoingRow> batch, PushAnswer answer, int bytes)
    {
        var refused = batch.Count(row => answer.Results[(row.Kind, row.Id)].Has(RowAnswer.Refused));
        var full = batch.Where(row => answer.Results[(row.Kind, row.Id)].Has(RowAnswer.OverLimit)).Select(row => row.CommitId).Distinct().Count();
        return $"Sent {batch.Count} rows of {batch.Select(row => row.CommitId).Distinct().Count()} commits, {bytes} bytes"
            + (refused > 0 ? $"; {refused} rows were refused" : "") + (full > 0 ? $"; there is no room for {full} commits" : "") + ".";
    }

    /// <summary>
    /// PostgreSQL could not read a value (classes 22 and 23, 54 for depth and size) or PostgREST the JSON. 22023 is the function's own
    /// word for an envelope that is wrong, which no other batch would help.
    /// </summary>
    private static bool IsOfTheData(CloudRejectedException rejected) =>
        rejected.Code is { Length: 5 } code && code != "22023" && code[..2] is "22" or "23" or "54" || rejected.Code == "PGRST102";
}
