using CogCommit.Core.Sync;
using CogCommit.Simulation.Tests.Devices;

namespace CogCommit.Simulation.Tests.Invariants;

/// <summary>All faults end, all clocks are right, there is room: and everybody imports and syncs until nothing moves.</summary>
internal sealed class Settlement(World world)
{
    private const int MostRounds = 12;

    public async Task RunAsync()
    {
        for (var which = world.Late.Count; world.Late.Count > 0; which++)
        {
            world.DeliverLate(which);
        }

        world.LiftQuota();
        world.Clock.Advance(TimeSpan.FromMinutes(10));
        foreach (var device in world.Devices)
        {
            device.Wire.Heal();
            device.Crash.Reset();
            device.Clock.Skew = TimeSpan.Zero;
        }

        for (var round = 0; round < MostRounds; round++)
        {
            world.Trace($"settling, round {round}");
            if (!await RoundAsync(retry: round == 0))
            {
                await NothingMovesAsync();
                return;
            }
        }

        throw new BrokenPromiseException($"It does not come to rest: after {MostRounds} rounds of import and sync something still moves.");
    }

    private async Task<bool> RoundAsync(bool retry)
    {
        var moved = false;
        foreach (var device in world.Devices)
        {
            world.Clock.Advance(TimeSpan.FromSeconds(1));
            device.Import();
            var result = await device.Engine.SyncAsync(new SyncOptions());
            if (retry)
            {
                await device.Engine.PushAsync(new PushOptions { Retry = true });
            }

            world.Ledger.Observe(device);
            world.Trace($"  device {device.Number}: pushed {result.Pushed}, pulled {result.Pulled}, failed {result.Failed}, over limit {result.OverLimit}");
            moved |= retry || result.Pushed > 0 || result.Pulled > 0 || result.OverLimit > 0;
            if (!retry && result.Failed > 0)
            {
                throw new BrokenPromiseException($"Device {device.Number} has {result.Failed} commits that the cloud refused: {string.Join("; ", Problems(device))}");
            }
        }

        return moved;
    }

    /// <summary>A second sync costs one request each, and changes nothing.</summary>
    private async Task NothingMovesAsync()
    {
        foreach (var device in world.Devices)
        {
            var requests = device.Wire.Requests;
            var result = await device.Engine.SyncAsync(new SyncOptions());
            if (result.Pushed + result.Pulled + result.Turns + result.TurnsReceived > 0 || device.Wire.Requests - requests != 1)
            {
                throw new BrokenPromiseException(
                    $"The second sync of device {device.Number} moved something: {result.Pushed} commits pushed, {result.Pulled} pulled, {device.Wire.Requests - requests} requests.");
            }
        }
    }

    private static List<string> Problems(SimulatedDevice device) => device.Query("""
        select id || ': ' || push_error from cognitive_commits where push_error is not null
        union all select id || ': ' || push_error from sessions where push_error is not null
        union all select id || ': ' || push_error from turns where push_error is not null
        """);
}
