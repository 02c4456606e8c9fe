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
                return;
            }
        }

        throw new BrokenPromiseException($"It does not come to rest: after {MostRounds} rounds of import and sync something still moves.");
    }

    /// <summary>True when something moved. A sync that moves nothing costs one request.</summary>
    private async Task<bool> RoundAsync(bool retry)
    {
        var moved = retry;
        foreach (var device in world.Devices)
        {
            world.Clock.Advance(TimeSpan.FromSeconds(1));
            var imported = device.Import();
            world.Trace(() => device.Query(Waiting).Select(row => $"  device {device.Number}: waits {row}"));
            var requests = device.Wire.Requests;
            var result = await device.Engine.SyncAsync(new SyncOptions());
            requests = device.Wire.Requests - requests;
            world.Ledger.Observe(device);
            world.Trace($"  device {device.Number}: pushed {result.Pushed}, pulled {result.Pulled}, failed {result.Failed}, over limit {result.OverLimit}");
            // An import may read a transcript again because of what came, and say rows anew that the cloud knows.
            var movedHere = imported.CommitsNew + imported.CommitsUpdated + result.Pushed + result.Pulled + result.OverLimit + result.Turns + result.TurnsReceived > 0;
            moved |= movedHere;
            if (retry && Problems(device).Count > 0)
            {
                await device.Engine.PushAsync(new PushOptions { Retry = true });
            }
            else if (!retry && result.Failed > 0)
            {
                throw new BrokenPromiseException($"Device {device.Number} has {result.Failed} commits that the cloud refused: {string.Join("; ", Problems(device))}");
            }
            else if (!retry && !movedHere && requests != 1)
            {
                throw new BrokenPromiseException($"A sync of device {device.Number} that moved nothing took {requests} requests.");
            }
        }

        return moved;
    }

    private const string Waiting = """
        select 'commit ' || id || ' change ' || change_seq || ' pushed ' || pushed_seq || ' version ' || version || ' cloud ' || cloud_version || coalesce(' ' || push_state, '')
        from cognitive_commits where change_seq > pushed_seq
        union all select 'session ' || id || coalesce(' ' || push_state, '') from sessions where change_seq > pushed_seq
        union all select 'turn ' || id || coalesce(' ' || push_state, '') from turns where change_seq > pushed_seq
        """;

    private static List<string> Problems(SimulatedDevice device) => device.Query("""
        select id || ': ' || coalesce(push_error, push_state, '') from cognitive_commits where change_seq > pushed_seq and tried_seq = change_seq
        union all select id || ': ' || coalesce(push_error, push_state, '') from sessions where change_seq > pushed_seq and tried_seq = change_seq
        union all select id || ': ' || coalesce(push_error, push_state, '') from turns where change_seq > pushed_seq and tried_seq = change_seq
        """);
}
