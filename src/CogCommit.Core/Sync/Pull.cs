using System.Runtime.CompilerServices;
using CogCommit.Core.Cloud;
using CogCommit.Core.Store;

namespace CogCommit.Core.Sync;

/// <summary>Brings what the cloud has, page by page: each page and the cursor behind it in one transaction.</summary>
internal sealed class Pull(StoreFile store, ICloud cloud, PullOutcome outcome, IReport? report = null)
{
    // What the store writes in about a fifth of a second, so that nobody else waits for longer.
    private const int PageBytes = 1_000_000;

    private readonly PullOutcome _outcome = outcome;
    private readonly HashSet<string> _seen = [];
    private bool _fromStart;
    private long _rows;

    /// <summary>What it has done so far; right also when it is stopped.</summary>
    public PullOutcome Outcome => _outcome;

    public async Task RunAsync(PullOptions options, IProgress<SyncProgress>? progress, CancellationToken cancellationToken)
    {
        if (options.CommitIds.Count > 0)
        {
            var found = await FetchAsync(id => options.CommitIds.Any(wanted => Matches(id, wanted)), progress, cancellationToken).ConfigureAwait(false);
            RequireAll(options, found);
            return;
        }

        // What is new comes first, at the store's own cursor: so a cloud that was restored is noticed, and one without a cursor has it all.
        var again = options.Full && Cursor() is not null;
        StartCounting(Cursor() is null);
        await LookForPushesAheadAsync(cancellationToken).ConfigureAwait(false);
        while (!await ReachEndAsync(progress, cancellationToken).ConfigureAwait(false))
        {
        }

        if (again)
        {
            await AgainAsync(progress, cancellationToken).ConfigureAwait(false);
        }

        store.Write(transaction => SyncState.SetPulled(transaction, store.Clock.GetUtcNow()));
        if (_outcome.PicturesGone)
        {
            VisualSweep.Run(store);
        }
    }

    /// <summary>
    /// Brings single commits, also such as were pruned here. The protocol knows no such question, so all pages are read, and the store's
    /// cursor stays where it is. Returns the ids of those that are in the cloud.
    /// </summary>
    /// <param name="wants">Which commits.</param>
    /// <param name="damage">Rows here over which the cloud's are to win, whatever their revisions.</param>
    public async Task<IReadOnlySet<string>> FetchAsync(
        Func<string, bool> wants, IProgress<SyncProgress>? progress, CancellationToken cancellationToken, Damage? damage = null)
    {
        var found = new HashSet<string>();
        StartCounting(fromStart: true);
        await foreach (var page in PagesAsync(null, cancellationToken).ConfigureAwait(false))
        {
            store.Write(transaction =>
            {
                foreach (var commit in page.Rows.Commits.Where(commit => wants(commit.Id)))
                {
                    found.Add(commit.Id);
                    transaction.Execute("delete from pruned_commits where commit_id = $id", ("$id", commit.Id));
                }

                damage?.GiveWay(transaction);
                Merge(transaction, page, wants, _ => false);
                damage?.PutBack(transaction);
            });
            Report(page, progress);
        }

        return found;
    }

    /// <summary>
    /// The cloud must know what it confirmed to this store ahead of the cursor. Asked before anything is merged: what it lost waits here
    /// again then, and an edit among it is not taken for one that everybody has seen. Until the cursor has come to them they are asked for
    /// again: a pull may end before that, and the cloud be restored.
    /// </summary>
    private async Task LookForPushesAheadAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<CloudCursor> pushes;
        using (var reader = store.OpenReader())
        {
            pushes = PushesAhead.Read(reader);
        }

        foreach (var push in pushes)
        {
            if (await PageAsync(push, cancellationToken, bytes: 1).ConfigureAwait(false) is { Known: false } page)
            {
                StartAnew(page);
                return;
            }
        }
    }

    /// <summary>Takes all pages from the beginning. The store's cursor stays where it is: a cloud that is restored meanwhile is noticed by the next pull.</summary>
    private async Task AgainAsync(IProgress<SyncProgress>? progress, CancellationToken cancellationToken)
    {
        StartCounting(fromStart: true);
        await foreach (var page in PagesAsync(null, cancellationToken).ConfigureAwait(false))
        {
            store.Write(transaction => MergeAll(transaction, page));
            Report(page, progress);
        }
    }

    private CloudCursor? Cursor()
    {
        using var reader = store.OpenReader();
        return SyncState.Read(reader)?.Cursor;
    }

    /// <summary>Takes page after page from the store's cursor on; false when there is another cursor to begin at before the end.</summary>
    private async Task<bool> ReachEndAsync(IProgress<SyncProgress>? progress, CancellationToken cancellationToken)
    {
        var cursor = Cursor();
        await foreach (var page in PagesAsync(cursor, cancellationToken).ConfigureAwait(false))
        {
            if (!page.Known)
            {
                StartAnew(page);
                return false;
            }

            var overtaken = false;
            store.Write(transaction =>
            {
                MergeAll(transaction, page);
                SyncState.SetQuota(transaction, page.Quota);
                // Another process of this store may have gone on meanwhile: the cursor never goes back.
                overtaken = SyncState.Read(transaction.Connection)?.Cursor != cursor;
                if (!overtaken && (page.Cursor ?? cursor) is { } reached)
                {
                    SyncState.SetCursor(transaction, reached);
                    PushesAhead.Reach(transaction, reached);
                }
            });
            Report(page, progress);
            if (overtaken && page.More)
            {
                return false;
            }

            cursor = page.Cursor ?? cursor;
        }

        return true;
    }

    /// <summary>Pages in their order, up to the last or an unknown one. While one is merged the next one is on its way.</summary>
    private async IAsyncEnumerable<PullPage> PagesAsync(CloudCursor? cursor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var next = PageAsync(cursor, stop.Token);
        try
        {
            for (var last = false; !last;)
            {
                var page = await next.ConfigureAwait(false);
                last = page is not { Known: true, More: true };
                if (!last)
                {
                    next = PageAsync(page.Cursor, stop.Token);
                }

                yield return page;
            }
        }
        finally
        {
            // Who stops before the end has no use for what is on its way, but nothing goes on behind its back.
            await stop.CancelAsync().ConfigureAwait(false);
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<PullPage> PageAsync(CloudCursor? cursor, CancellationToken cancellationToken, int bytes = PageBytes)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var page = PullPage.Read(await cloud.PullAsync(cursor, bytes, cancellationToken).ConfigureAwait(false));
        if (!page.Known && cursor is null)
        {
            throw BadAnswer.Of("no beginning: it does not know a cursor that it was not given");
        }

        if (page.Known && page.More && (page.Cursor is null || page.Cursor == cursor))
        {
            throw BadAnswer.Of("a page with more behind it and no way to get there");
        }

        return page;
    }

    /// <summary>The cloud was restored and lacks what it had confirmed: everything is compared, and what one side lacks it gets.</summary>
    /// <exception cref="CogCommitException">It was not restored, but wiped.</exception>
    private void StartAnew(PullPage page)
    {
        if (page.Wiped)
        {
            throw WipedCloud.Learn(store, page.WipedAt);
        }

        store.Write(transaction =>
        {
            SyncState.SetCursor(transaction, null);
            SyncState.ForgetSeen(transaction);
            SyncOwner.MarkAllForPush(transaction);
        });
        report?.Verbose("The cloud was restored from a backup: both sides are compared, and what one lacks it gets.");
        StartCounting(fromStart: true);
    }

    /// <summary>All of it but what was pruned here.</summary>
    private void MergeAll(WriteTransaction transaction, PullPage page)
    {
        var pruned = Pruned(transaction);
        Merge(transaction, page, id => !pruned.Contains(id), pruned.Contains);
    }

    private void Merge(WriteTransaction transaction, PullPage page, Func<string, bool> wants, Func<string, bool> prunes)
    {
        if (page.Rows is { Commits.Count: > 0 } or { Turns.Count: > 0 })
        {
            transaction.IndexLater();
        }

        var incoming = new Incoming(transaction, store.Clock.GetUtcNow());
        incoming.MergePage(page.Rows, wants, prunes);
        _outcome.Add(incoming);
    }

    private void Report(PullPage page, IProgress<SyncProgress>? progress)
    {
        var rows = page.Rows.Commits.Count + page.Rows.Sessions.Count + page.Rows.Turns.Count + page.Rows.Visuals.Count;
        report?.Verbose($"Received {rows} rows of {page.Rows.Commits.Count} commits{(page.More ? "; there is more" : "")}.");
        report?.Debug($"The cursor behind this page is seq {page.Cursor?.Seq ?? 0}, push {page.Cursor?.PushId ?? "none"}.");
        _rows += rows;
        _seen.UnionWith(page.Rows.Commits.Where(commit => commit is { Purged: false, Curated: not { DeletedAt: not null } }).Select(commit => commit.Id));
        progress?.Report(_fromStart && page.Quota?.Commits is > 0 and var all
            ? new SyncProgress("Receiving", _seen.Count, page.More ? Math.Max(all, _seen.Count) : _seen.Count, "commits")
            : new SyncProgress("Receiving", _rows, page.More ? 0 : _rows));
    }

    /// <summary>From the start the cloud's own count of commits is the total; of what is new since a cursor nobody knows how much it is.</summary>
    private void StartCounting(bool fromStart)
    {
        _fromStart = fromStart;
        _rows = 0;
        _seen.Clear();
    }

    private static HashSet<string> Pruned(WriteTransaction transaction)
    {
        using var row = transaction.Prepare("select commit_id from pruned_commits").ExecuteReader();
        HashSet<string> pruned = [];
        while (row.Read())
        {
            pruned.Add(row.GetString(0));
        }

        return pruned;
    }

    private static bool Matches(string id, string wanted) => id.StartsWith(wanted, StringComparison.OrdinalIgnoreCase);

    private static void RequireAll(PullOptions options, IReadOnlySet<string> found)
    {
        var missing = options.CommitIds.Where(text => !found.Any(id => Matches(id, text))).ToList();
        if (options.Missing is { } tell)
        {
            missing.ForEach(tell);
        }
        else if (missing.Count > 0)
        {
            throw new CogCommitException(
                "CommitNotFound",
                $"The cloud has no commit {string.Join(", ", missing)}. What else was asked for is here.",
                ErrorKind.NotFound);
        }
    }
}
