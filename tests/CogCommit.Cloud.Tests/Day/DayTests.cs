using CogCommit.Core.Capture;
using CogCommit.Core.Store;
using CogCommit.Core.Sync;

namespace CogCommit.Cloud.Tests.Day;

/// <summary>Alone: it counts the bytes of the whole process.</summary>
[CollectionDefinition("A day", DisableParallelization = true)]
public sealed class ADay;

/// <summary>
/// A day compressed: 24 hours of clocks that the test moves, on two machines whose daemons watch growing transcripts, over the real wire
/// and the real database. What is done when follows from one seed.
/// </summary>
[Collection("A day")]
public sealed class DayTests(PostgresFixture postgres)
{
    private const int Seed = 20260301;

    // All that lives in the process, this test's own lists and the cloud too. A day of events kept would be more.
    private const long MemoryMargin = 4L << 20;

    private readonly Random _random = new(Seed);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Through_sleep_network_loss_expiring_tokens_kills_and_cloud_restarts_nothing_is_lost_or_doubled()
    {
        await using var day = await DayScene.StartAsync(postgres, machines: 2, Seed);
        var (one, two) = (day.Machines[0], day.Machines[1]);
        one.Start();
        two.Start();
        await WorkAsync(day, TimeSpan.FromHours(2), one, two);
        await ListenAsync(day, one, two);
        var memory = GC.GetTotalMemory(forceFullCollection: true);

        // 02:00 The network of one is away for 50 minutes.
        one.Wire.Cut();
        await WorkAsync(day, TimeSpan.FromMinutes(50), one, two);
        Assert.Equal(ConnectionState.Offline, one.Status!.Connection);
        one.Wire.Mend();
        await WorkAsync(day, TimeSpan.FromMinutes(70), one, two);

        // 04:00 The daemon of one is killed; the agent goes on.
        await one.KillAsync(day);
        await WorkAsync(day, TimeSpan.FromMinutes(30), one, two);
        one.Start();
        await WorkAsync(day, TimeSpan.FromMinutes(90), one, two);

        // 06:00 The cloud goes down, and is back after 20 minutes.
        await day.StopCloudAsync();
        await WorkAsync(day, TimeSpan.FromMinutes(20), one, two);
        Assert.All(day.Machines, machine => Assert.Equal(ConnectionState.Offline, machine.Status!.Connection));
        await day.StartCloudAsync();
        await WorkAsync(day, TimeSpan.FromMinutes(100), one, two);

        // 08:00 Two is offline, and killed while it is.
        two.Wire.Cut();
        await WorkAsync(day, TimeSpan.FromMinutes(40), one, two);
        await two.KillAsync(day);
        two.Wire.Cut();
        two.Start();
        await WorkAsync(day, TimeSpan.FromMinutes(40), one, two);
        two.Wire.Mend();
        await WorkAsync(day, TimeSpan.FromMinutes(40), one, two);

        // 10:00 Nobody works for two hours.
        await ListenAsync(day, one, two);
        await AssertIdleAsync(day, TimeSpan.FromHours(2));

        // 12:00 Two sleeps for three hours, wakes for one, and sleeps again for five, over several lives of its access token.
        two.Sleep();
        await WorkAsync(day, TimeSpan.FromHours(3), one);
        two.WakeUp();
        await WorkAsync(day, TimeSpan.FromHours(1), one, two);
        two.Sleep();
        await WorkAsync(day, TimeSpan.FromHours(2), one);

        // 18:00 One sleeps too, and the cloud is started anew meanwhile.
        one.Sleep();
        await day.PassAsync(TimeSpan.FromHours(1));
        await day.StopCloudAsync();
        await day.PassAsync(TimeSpan.FromHours(1));
        await day.StartCloudAsync();
        await day.PassAsync(TimeSpan.FromHours(1));
        one.WakeUp();
        two.WakeUp();

        // 21:00 Both are killed at once while the cloud is down.
        await WorkAsync(day, TimeSpan.FromMinutes(40), one, two);
        await ListenAsync(day, one, two);
        // The one has watched since 04:30 by now, the other since 08:40: what they keep would be here.
        var kept = GC.GetTotalMemory(forceFullCollection: true) - memory;
        Assert.True(kept < MemoryMargin, $"{kept} bytes more live than after two hours.");
        await day.StopCloudAsync();
        await WorkAsync(day, TimeSpan.FromMinutes(10), one, two);
        await one.KillAsync(day);
        await two.KillAsync(day);
        await WorkAsync(day, TimeSpan.FromMinutes(10), one, two);
        one.Start();
        two.Start();
        await WorkAsync(day, TimeSpan.FromMinutes(10), one, two);
        await day.StartCloudAsync();
        await WorkAsync(day, TimeSpan.FromHours(24) - day.Elapsed, one, two);

        await AssertWholeAsync(day);
        Assert.All(day.Machines, machine => Assert.Empty(machine.Errors));
        var grown = GC.GetTotalMemory(forceFullCollection: true) - memory;
        Assert.True(grown < MemoryMargin, $"{grown} bytes more live than after two hours.");
        foreach (var machine in day.Machines)
        {
            Assert.True(machine.LogFiles == WatchedMachine.LogsKept, $"{machine.LogFiles} log files: it was to rotate.");
            Assert.InRange(machine.LogBytes, 1, WatchedMachine.LogLimit * WatchedMachine.LogsKept);
            // An hour's token: awake for 24 hours one, for 13 the other, and started anew.
            Assert.True(machine.Wire.Renewals >= 12, $"{machine.Wire.Renewals} tokens.");
        }

        TestContext.Current.SendDiagnosticMessage(
            $"{day.Elapsed}: {one.Said.Count + two.Said.Count} turns, {kept} and {grown} bytes more live, logs {one.LogBytes} and {two.LogBytes} bytes, " +
            $"calls {one.Wire.Calls} and {two.Wire.Calls}, renewals {one.Wire.Renewals} and {two.Wire.Renewals}, websockets {one.Wire.Websockets} and {two.Wire.Websockets}, tokens on channels {one.Wire.TokensSent} and {two.Wire.TokensSent}");
    }

    /// <summary>For so long these machines' agents write, a few minutes apart.</summary>
    private async Task WorkAsync(DayScene day, TimeSpan time, params WatchedMachine[] working)
    {
        for (var end = day.Elapsed + time; day.Elapsed < end;)
        {
            working[_random.Next(working.Length)].Work();
            var pause = TimeSpan.FromSeconds(_random.Next(5, 20 * 60));
            await day.PassAsync(end - day.Elapsed < pause ? end - day.Elapsed : pause);
        }
    }

    private static Task ListenAsync(DayScene day, params WatchedMachine[] machines) => day.UntilAsync(
        () => machines.All(machine => machine.Status is { Connection: ConnectionState.Listening } && Waiting(machine) == 0), "both listen, and nothing waits");

    private static long Waiting(WatchedMachine machine) => machine.Scalar("select count(*) from turns where change_seq > pushed_seq");

    /// <summary>A machine that hears of pushes asks for them each five minutes all the same, and for a token each hour.</summary>
    private static async Task AssertIdleAsync(DayScene day, TimeSpan time)
    {
        var before = day.Machines.Select(machine => (machine.Wire.Calls, machine.Wire.Renewals, machine.Wire.Websockets, machine.Wire.TokensSent)).ToList();
        await day.PassAsync(time);
        foreach (var (machine, then) in day.Machines.Zip(before))
        {
            // The channel goes on: each new token is told to it, and nobody connects again.
            Assert.True(then.Websockets == machine.Wire.Websockets, $"{day.Start + day.Elapsed:T}: {string.Join(" | ", machine.Heard)}");
            Assert.InRange(machine.Wire.Calls - then.Calls, 1, (int)(time / TimeSpan.FromMinutes(5)) + 1);
            Assert.InRange(machine.Wire.Renewals - then.Renewals, (int)time.TotalHours, (int)time.TotalHours + 1);
            Assert.Equal(machine.Wire.Renewals - then.Renewals, machine.Wire.TokensSent - then.TokensSent);
        }
    }

    private static async Task AssertWholeAsync(DayScene day)
    {
        var said = day.Machines.SelectMany(machine => machine.Said).Order(StringComparer.Ordinal).ToList();
        await day.UntilAsync(
            () => day.Machines.All(machine => Waiting(machine) == 0 && machine.Scalar("select count(*) from turns where content like '% asks %' or content like '% is told %'") >= said.Count),
            "every turn is everywhere");
        // What came last may still change a commit's totals.
        await day.PassAsync(TimeSpan.FromMinutes(10));
        Assert.Equal(said, await day.CloudTurnsAsync());
        Assert.All(day.Machines, machine => Assert.Equal(said, machine.Turns()));

        await using var fresh = await day.NewMachineAsync("fresh", Seed);
        using (var store = StoreFile.Open(fresh.Home, fresh.Clock))
        using (var account = new Core.Cloud.CloudAccount(fresh.Home, null, fresh.Wire, fresh.Clock))
        {
            MachineIdentity.Of(store);
            await new SyncEngine(store, account.Connect(), Boundary.TakeOver).SyncAsync(new SyncOptions(), null, Cancel);
        }

        var rows = fresh.Rows();
        Assert.NotEmpty(rows);
        Assert.All(day.Machines, machine => Assert.Equal(rows, machine.Rows()));
    }
}
