using System.Globalization;
using System.Runtime.ExceptionServices;
using CogCommit.Core.Sync;

namespace CogCommit.Core.Watch;

internal sealed partial class CloudSide
{
    // Of a whole archive of conflicts nobody reads an event for each.
    private const int MostConflicts = 20;

    private async Task RunAsync(CloudConnection connection, SyncWork work)
    {
        var began = _store.Clock.GetUtcNow();
        try
        {
            var result = await (work switch
            {
                SyncWork.Push => connection.Engine.PushAsync(new PushOptions { PullsWhenBehind = true }, null, connection.End),
                SyncWork.Pull => connection.Engine.PullAsync(new PullOptions(), null, connection.End),
                _ => connection.Engine.SyncAsync(new SyncOptions(), null, connection.End),
            }).ConfigureAwait(false);
            _post(() => Ended(connection, () => Synced(work, result, began)));
        }
        catch (CogCommitException fault)
        {
            _post(() => Ended(connection, () => Failed(fault)));
        }
        catch (Exception ended) when (ended is OperationCanceledException or ObjectDisposedException && connection.End.IsCancellationRequested)
        {
            // Its account was left, and closed with all that ran for it.
            _post(() => Ended(connection, () => _schedule.Left(_clock.Now)));
        }
        catch (Exception mistake)
        {
            // Told by the one who waits for the loop.
            var thrown = ExceptionDispatchInfo.Capture(mistake);
            _post(thrown.Throw);
        }
    }

    private void Ended(CloudConnection connection, Action take)
    {
        _running = null;
        if (connection == _connection)
        {
            take();
            HeedNudge();
        }
    }

    private void Synced(SyncWork work, SyncResult result, DateTimeOffset began)
    {
        if (result.Offline)
        {
            Offline();
        }
        else
        {
            Reached();
        }

        Tell(WatchEventKind.Pushed, result.Pushed, result.Turns, "sent");
        Tell(WatchEventKind.Pulled, result.Pulled, result.TurnsReceived, "received");
        if (result.Conflicts > 0)
        {
            TellConflicts(began);
        }

        if (work != SyncWork.Pull)
        {
            TellWhatStays(result);
        }
    }

    private void Reached()
    {
        var since = _schedule.FailingSince;
        _schedule.Succeeded(_clock.Now);
        _lastSync = _store.Clock.GetUtcNow();
        _reason = null;
        _teller.Forget(Source);
        if (since is { } failing)
        {
            _teller.Say(WatchEventKind.Online, $"The cloud can be reached again, after {(_clock.Now - failing).ToString("d\\.hh\\:mm\\:ss", CultureInfo.InvariantCulture)}.");
        }
    }

    private void Offline()
    {
        var isNew = _schedule.FailingSince is null;
        _schedule.Failed(_clock.Now);
        _reason = WatchTeller.OneLine(LastError() ?? "The cloud cannot be reached.");
        if (isNew)
        {
            _teller.Say(new WatchEvent
            {
                Kind = WatchEventKind.Offline,
                Time = _store.Clock.GetUtcNow(),
                Message = _reason,
                ErrorId = "CloudUnreachable",
                NextTry = _schedule.NextTry,
            });
        }
    }

    private string? LastError()
    {
        using var reader = _store.OpenReader();
        return SyncState.Read(reader)?.LastError;
    }

    private void Failed(CogCommitException fault)
    {
        if (fault.Kind == ErrorKind.Newer || fault.ErrorId == "StoreReplaced")
        {
            throw fault;
        }

        if (fault.Kind == ErrorKind.Unauthorized || fault.ErrorId == "OtherOwner")
        {
            WaitForSignIn(fault);
            return;
        }

        if (fault.ErrorId == "CloudWiped")
        {
            WaitForSignIn(fault);
            _waitsForDecision = true;
            return;
        }

        _schedule.Failed(_clock.Now);
        _reason = WatchTeller.OneLine(fault.Message);
        _teller.SayError(Source, fault, _schedule.NextTry);
    }

    /// <summary>Time mends nothing: the user has to do something, which changes auth.json or the store.</summary>
    private void WaitForSignIn(CogCommitException fault)
    {
        Leave(WatchTeller.OneLine(fault.Message));
        _schedule.StartAnew();
        _teller.SayError(Source, fault, null);
    }

    private void Tell(WatchEventKind kind, int commits, int turns, string what)
    {
        if (commits > 0)
        {
            _teller.Say(new WatchEvent
            {
                Kind = kind,
                Time = _store.Clock.GetUtcNow(),
                Message = string.Create(CultureInfo.InvariantCulture, $"{commits} commit{(commits == 1 ? "" : "s")} and {turns} turn{(turns == 1 ? "" : "s")} {what}."),
                Commits = commits,
                Turns = turns,
            });
        }
    }

    private void TellConflicts(DateTimeOffset began)
    {
        using var reader = _store.OpenReader();
        foreach (var conflict in Conflict.List(_store).Where(conflict => conflict.ArchivedAt >= began).Take(MostConflicts))
        {
            var commit = TouchedCommit.Read(reader, conflict.CommitId);
            _teller.Say(new WatchEvent
            {
                Kind = WatchEventKind.Conflict,
                Time = _store.Clock.GetUtcNow(),
                Message = "Two edits met: Get-CogCommitConflict shows both sides, Resolve-CogCommitConflict keeps one.",
                CommitId = conflict.CommitId,
                Project = commit?.Project,
                Title = commit?.Title,
                AgentSessionId = commit?.AgentSessionId,
            });
        }
    }

    /// <summary>What no further sync alone will send is told when it becomes more, not after each sync.</summary>
    private void TellWhatStays(SyncResult result)
    {
        var stays = result.Failed + result.OverLimit;
        if (stays > _leftBehind)
        {
            _teller.Say(new WatchEvent
            {
                Kind = WatchEventKind.Error,
                Time = _store.Clock.GetUtcNow(),
                Message = result.OverLimit > 0
                    ? $"{result.OverLimit} commits wait here because the quota is reached: Get-CogCommitSyncStatus shows it. They go when there is room."
                    : $"The cloud refused something of {result.Failed} commits: Get-CogCommit -Force -SyncStatus error, too_large shows them.",
                ErrorId = result.OverLimit > 0 ? "QuotaReached" : "RowsRefused",
                Commits = stays,
            });
        }

        _leftBehind = stays;
    }

    private async Task FarewellAsync(CloudConnection connection, CancellationToken patience)
    {
        try
        {
            var result = await connection.Engine.PushAsync(new PushOptions(), null, patience).ConfigureAwait(false);
            Tell(WatchEventKind.Pushed, result.Pushed, result.Turns, "sent");
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            // What waits goes with the next sync.
        }
        catch (CogCommitException fault)
        {
            _teller.SayError(Source, fault, null);
        }
    }
}
