using CogCommit.Core;
using CogCommit.Core.Capture;
using CogCommit.Core.Store;
using CogCommit.Core.Sync;
using CogCommit.Simulation.Tests.Devices;
using CogCommit.Simulation.Tests.Network;

namespace CogCommit.Simulation.Tests.Steps;

/// <summary>Takes a step in the world, as a user, a process, or fate would.</summary>
internal sealed class StepRunner(World world)
{
    // What a user may well be told. Whatever else a step throws fails the history.
    private static readonly HashSet<string> Allowed =
        ["SignInEnded", "NoCloud", "CommitNotFound", "NothingToClose", "ConflictNotFound", "CommitPurged"];

    private int _edits;

    public async Task RunAsync(Step step)
    {
        var device = world.Devices[step.Device % world.Devices.Count];
        world.Trace($"{step}");
        // No two things happen at the same time, so that what was said later can be told from what was said before.
        world.Clock.Advance(TimeSpan.FromMilliseconds(1 + (step.B % 7)));
        try
        {
            await TakeAsync(step, device);
        }
        catch (CogCommitException refused) when (Allowed.Contains(refused.ErrorId))
        {
            world.Trace($"  told: {refused.ErrorId}");
        }
        catch (CrashException)
        {
            world.Trace("  crashed");
            world.Faults++;
            if (world.IsNested && device.Crash.IsDead && device == world.InFlight)
            {
                throw;
            }

            device.Restart();
        }

        world.Ledger.Observe(device);
    }

    private async Task TakeAsync(Step step, SimulatedDevice device)
    {
        var before = world.InFlight;
        if (!world.IsNested)
        {
            world.InFlight = device;
        }

        try
        {
            await (step.Kind switch
            {
                <= StepKind.KeepWon => Local(step, device),
                <= StepKind.PushAll => SyncAsync(step.Kind, device),
                <= StepKind.LiftQuota => Fate(step, device),
                _ => Prepare(step, device),
            });
        }
        finally
        {
            world.InFlight = before;
        }
    }

    private Task Local(Step step, SimulatedDevice device)
    {
        switch (step.Kind)
        {
            case StepKind.Grow:
                device.Transcripts.Grow(step.A, 200 + (step.B * 8), whole: step.B % 4 != 0);
                device.Import();
                break;
            case StepKind.GrowSilently:
                device.Transcripts.Grow(step.A, 200 + (step.B * 8), whole: step.B % 4 != 0);
                break;
            case StepKind.Import:
                device.Import();
                break;
            case StepKind.Close:
                Boundary.Close(device.Store, null, null);
                break;
            case StepKind.Undelete:
                Undelete(step, device);
                break;
            case StepKind.Prune:
                return PruneAsync(step, device);
            case StepKind.Fetch:
                return FetchAsync(step, device);
            case StepKind.KeepLost or StepKind.KeepWon:
                Resolve(step, device);
                break;
            default:
                if (device.Commits() is { Count: > 0 } commits)
                {
                    TrySay(step, device, commits[step.A % commits.Count]);
                }

                break;
        }

        return Task.CompletedTask;
    }

    private void TrySay(Step step, SimulatedDevice device, string commit)
    {
        try
        {
            Say(step, device, commit);
        }
        catch (CogCommitException refused) when (refused.ErrorId == "StillQueued")
        {
            world.Trace("  refused: it is still queued");
        }
    }

    private void Say(Step step, SimulatedDevice device, string commit)
    {
        world.Trace($"  commit {commit}");
        switch (step.Kind)
        {
            case StepKind.Rename:
                world.Ledger.Edit(device, commit, () => Curation.Apply(device.Store, commit, new CurationChange { Title = $"title {++_edits}" }));
                break;
            case StepKind.Hide:
                world.Ledger.Edit(device, commit, () => Curation.Apply(device.Store, commit, new CurationChange { Hidden = step.B % 3 != 0 }));
                break;
            case StepKind.MoveToProject:
                world.Ledger.Edit(device, commit, () => Curation.Apply(device.Store, commit, new CurationChange { Project = $"project {step.B % 3}" }));
                break;
            case StepKind.Delete:
                world.Ledger.Edit(device, commit, () => Deletion.Delete(device.Store, commit));
                break;
            case StepKind.PruneByForce:
                world.Ledger.Forgets(world, () => Pruning.Prune(device.Store, [commit], force: true));
                break;
            default:
                throw new InvalidOperationException($"{step.Kind} is nothing that is said of a commit.");
        }
    }

    /// <summary>As Remove-CogCommit: it asks the cloud, and where it cannot, goes by what the cloud confirmed.</summary>
    private async Task PruneAsync(Step step, SimulatedDevice device)
    {
        if (device.Commits() is not { Count: > 0 } commits)
        {
            return;
        }

        var commit = commits[step.A % commits.Count];
        world.Trace($"  commit {commit}");
        void Prune() => Pruning.Prune(device.Store, [commit], force: false);
        try
        {
            if (!await Confirmations.HoldAsync(device.Store, device.Wire, CancellationToken.None))
            {
                world.Trace("  refused: the cloud was restored");
                return;
            }
        }
        catch (CogCommitException unasked) when (unasked.Kind is ErrorKind.Unavailable or ErrorKind.Unauthorized)
        {
            world.Trace($"  not asked: {unasked.ErrorId}");
            if (IsBehindRestore(device))
            {
                // It cannot know that the cloud lost what it confirmed: then this may be the only one that had it.
                world.Ledger.Forgets(world, Prune);
                return;
            }
        }

        Prune();
    }

    /// <summary>The cloud was played back to a state before something that it confirmed to this device, and the device has not heard of it.</summary>
    private bool IsBehindRestore(SimulatedDevice device)
    {
        using var reader = device.Store.OpenReader();
        return PushesAhead.Read(reader).Append(SyncState.Read(reader)?.Cursor).Any(push => push is not null && !PullPage.Read(world.Cloud.Pull(push, 1)).Known);
    }

    private void Undelete(Step step, SimulatedDevice device)
    {
        if (device.Deleted() is { Count: > 0 } deleted)
        {
            var commit = deleted[step.A % deleted.Count];
            world.Ledger.Edit(device, commit, () => Curation.Restore(device.Store, commit));
        }
    }

    private static async Task FetchAsync(Step step, SimulatedDevice device)
    {
        if (device.Pruned() is { Count: > 0 } pruned)
        {
            await device.Engine.PullAsync(new PullOptions { CommitIds = [pruned[step.A % pruned.Count]] });
        }
    }

    private void Resolve(Step step, SimulatedDevice device)
    {
        if (Conflict.List(device.Store) is { Count: > 0 } conflicts)
        {
            var conflict = conflicts[step.A % conflicts.Count];
            var keepLost = step.Kind == StepKind.KeepLost;
            var keep = (conflict.LostSide == ConflictSide.Local) == keepLost ? ConflictSide.Local : ConflictSide.Cloud;
            world.Ledger.Edit(device, conflict.CommitId, () => ConflictResolution.Resolve(device.Store, conflict.Id, keep));
        }
    }

    private static Task<SyncResult> SyncAsync(StepKind kind, SimulatedDevice device) => kind switch
    {
        StepKind.Push => device.Engine.PushAsync(new PushOptions()),
        StepKind.PushAll => device.Engine.PushAsync(new PushOptions { Force = true }),
        StepKind.Pull => device.Engine.PullAsync(new PullOptions()),
        StepKind.PullAnew => device.Engine.PullAsync(new PullOptions { Full = true }),
        StepKind.Verify => device.Engine.SyncAsync(new SyncOptions { Verify = true }),
        _ => device.Engine.SyncAsync(new SyncOptions()),
    };

    private Task Fate(Step step, SimulatedDevice device)
    {
        switch (step.Kind)
        {
            case StepKind.Wait:
                world.Clock.Advance(TimeSpan.FromMinutes(step.B * 5));
                break;
            case StepKind.WaitMonth:
                world.Clock.Advance(TimeSpan.FromDays(31));
                break;
            case StepKind.WaitFortyDays:
                world.Clock.Advance(TimeSpan.FromDays(40));
                break;
            case StepKind.SetClockWrong:
                device.Clock.Skew = TimeSpan.FromMinutes((step.B % 5) switch { 0 => 0, 1 => -1_440, 2 => 1_440, 3 => step.A, _ => -step.A });
                break;
            case StepKind.NewDevice:
                world.AddDevice();
                break;
            case StepKind.BackUpStore:
                device.BackUp();
                break;
            case StepKind.RestoreStore:
                world.Ledger.Forgets(world, () => device.RestoreBackup());
                break;
            case StepKind.BackUpCloud:
                world.CloudBackup = world.Cloud.Save();
                break;
            case StepKind.RestoreCloud when world.CloudBackup is { } backup:
                world.Ledger.Forgets(world, () => world.Cloud.Restore(backup));
                break;
            case StepKind.LowerQuota:
                (world.Cloud.CommitLimit, world.Cloud.StorageLimitBytes) = step.B % 2 == 0 ? (step.A % 6, 50_000_000) : (250, step.A * 5);
                break;
            case StepKind.LiftQuota:
                world.LiftQuota();
                break;
        }

        return Task.CompletedTask;
    }

    private Task Prepare(Step step, SimulatedDevice device)
    {
        switch (step.Kind)
        {
            case StepKind.Fault:
                device.Wire.Arm((Fault)(step.A % ((int)Fault.SignInEnded + 1)), step.B % 4);
                break;
            case StepKind.Crash:
                device.Crash.Arm(step.B % 14);
                break;
            case StepKind.Meanwhile:
                device.Wire.Meanwhile(step.B % 3, step.A % 2 == 0, () => RunAsync(step.Nested!));
                break;
            case StepKind.SignIn:
                device.Wire.IsSignedIn = true;
                break;
            case StepKind.SmallPages:
                device.Wire.PageBytes = 500 + (step.A * 4);
                break;
            case StepKind.Deliver:
                world.DeliverLate(step.A);
                break;
        }

        return Task.CompletedTask;
    }
}
