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

        Tell(WatchEventKind.Pushed, result.Pushed, result.Turns, result.VisualsSent, "sent");
        Tell(WatchEventKind.Pulled, result.Pulled, result.TurnsReceived, 0, "received");
        _picturesAt = PicturesAt();
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
        _teller.SayError(Source, fault, null);
    }

    /// <summary>When a picture is to be tried again for which there was no room, by this process's clock. What could be tried by now was.</summary>
    private DateTimeOffset? PicturesAt()
    {
        using var reader = _store.OpenReader();
        return VisualQueue.NextTry(reader, _store.Clock.GetUtcNow()) is { } next ? _clock.Now + (next - _store.Clock.GetUtcNow()) : null;
    }

    private void Tell(WatchEventKind kind, int commits, int turns, int pictures, string what)
    {
        if (commits > 0 || pictures > 0)
        {
            var parts = new[] { (commits, "commit"), (turns, "turn"), (pictures, "picture") }.Where(part => part.Item1 > 0).Select(part => WatchTeller.Count(part.Item1, part.Item2)).ToList();
            _teller.Say(new WatchEvent
            {
                Kind = kind,
                Time = _store.Clock.GetUtcNow(),
                Message = $"{(parts.Count == 1 ? parts[0] : $"{string.Join(", ", parts.SkipLast(1))} and {parts[^1]}")} {what}.",
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
                    ? $"{WatchTeller.Count(result.OverLimit, "commit")} {(result.OverLimit == 1 ? "waits" : "wait")} here because the quota is reached: Get-CogCommitSyncStatus shows it. {(result.OverLimit == 1 ? "It goes" : "They go")} when there is room."
                    : $"The cloud refused something of {WatchTeller.Count(result.Failed, "commit")}: Get-CogCommit -Force -SyncStatus error, too_large shows them.",
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
            Tell(WatchEventKind.Pushed, result.Pushed, result.Turns, result.VisualsSent, "sent");
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
