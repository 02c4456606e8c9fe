using CogCommit.LocalCloud;
using Microsoft.Extensions.Time.Testing;

namespace CogCommit.Cloud.Tests.Day;

/// <summary>
/// Some machines of one user and their cloud, all on clocks that only this moves. Between two steps it waits until whatever the last one
/// began is over, so that no time passes while an answer is under way.
/// </summary>
internal sealed class DayScene : IAsyncDisposable
{
    /// <summary>Half of what a heartbeat's answer may take.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromSeconds(5);

    // Real time. Whoever waits as long as this waits for nothing.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private const int LooksPerStep = 10;

    private readonly TestFolder _folder = new();
    private readonly FakeTimeProvider _cloudClock;
    private readonly string _postgres;
    private CloudServer? _cloud;
    private Uri _url = new("http://127.0.0.1:0");

    private DayScene(string postgres, DateTimeOffset start) => (_postgres, Start, _cloudClock) = (postgres, start, new FakeTimeProvider(start));

    public DateTimeOffset Start { get; }

    public CloudServer Cloud => _cloud!;

    public List<WatchedMachine> Machines { get; } = [];

    private IEnumerable<WatchedMachine> Awake => Machines.Where(machine => !machine.IsAsleep);

    public TimeSpan Elapsed => _cloudClock.GetUtcNow() - Start;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="postgres">Whose database keeps the cloud's rows.</param>
    /// <param name="machines">How many machines.</param>
    /// <param name="seed">Spreads their waits.</param>
    public static async Task<DayScene> StartAsync(PostgresFixture postgres, int machines, int seed)
    {
        // The database has a clock of its own, which refuses to be far behind a device's: the day was yesterday.
        var scene = new DayScene(await postgres.NewDatabaseAsync(), DateTimeOffset.UtcNow.AddHours(-30));
        await scene.StartCloudAsync();
        for (var i = 0; i < machines; i++)
        {
            scene.Machines.Add(await scene.NewMachineAsync(((char)('a' + i)).ToString(), seed + (100 * i)));
        }

        return scene;
    }

    /// <summary>One more machine of the user, signed in, on which nothing runs.</summary>
    public async Task<WatchedMachine> NewMachineAsync(string name, int seed)
    {
        var machine = new WatchedMachine(name, seed, _cloudClock.GetUtcNow());
        var grant = await WireSignIn.GrantAsync(Cloud.Url, Cloud.AnonKey, Cloud.Secret, "day");
        await machine.SignInAsync(Cloud.Url, Cloud.AnonKey, grant.GetProperty("refresh_token").GetString()!);
        return machine;
    }

    public async Task StartCloudAsync()
    {
        _cloud = await CloudServer.StartAsync(
            new CloudOptions { DataFolder = _folder.Path, Url = _url.GetLeftPart(UriPartial.Authority), PostgresConnection = _postgres, Secret = "the secret" },
            _cloudClock,
            Cancel);
        // Whoever knows the address finds it there again.
        _url = _cloud.Url;
    }

    /// <summary>The process is gone, with every connection. Its rows are in the database.</summary>
    public async Task StopCloudAsync()
    {
        await Cloud.DisposeAsync();
        _cloud = null;
    }

    /// <summary>Time passes for everybody.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        for (var end = Elapsed + time; Elapsed < end;)
        {
            var step = end - Elapsed < Step ? end - Elapsed : Step;
            await StepAsync(step);
        }
    }

    /// <summary>Time passes, until it holds.</summary>
    public async Task UntilAsync(Func<bool> holds, string what)
    {
        var deadline = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        for (var look = 1; !holds(); look++)
        {
            Assert.True(Environment.TickCount64 < deadline, $"Waited in vain until {what}, at {Elapsed}. {Told()}");
            await Task.Delay(1, Cancel);
            if (look % LooksPerStep == 0)
            {
                await StepAsync(TimeSpan.FromMilliseconds(500));
            }
        }
    }

    public async Task StepAsync(TimeSpan step)
    {
        Pass(step);
        await SettleAsync();
    }

    private void Pass(TimeSpan step)
    {
        _cloudClock.Advance(step);
        Machines.ForEach(machine => machine.Pass(step));
    }

    /// <summary>Waits until what the last step began is over.</summary>
    public async Task SettleAsync()
    {
        var began = Environment.TickCount64;
        for (var look = 1; ; look++)
        {
            var isBusy = Awake.Any(machine => machine.IsBusy);
            if (!isBusy && !IsSomebodyLate())
            {
                break;
            }

            Assert.True(Environment.TickCount64 - began < Patience.TotalMilliseconds, $"Something is never over, at {Elapsed}. {Told()}");
            if (!isBusy)
            {
                Pass(MachineClock.Moment);
            }

            // Work is mostly over before the shortest wait of a timer would be; who is late needs the disk.
            if (!isBusy || look % LooksPerStep == 0)
            {
                await Task.Delay(1, Cancel);
            }
            else
            {
                await Task.Yield();
            }
        }

        foreach (var machine in Machines.Where(machine => machine.Running.IsFaulted))
        {
            await machine.Running;
        }
    }

    /// <summary>
    /// Somebody waits for a file that another holds, or a channel's token, which is renewed 60 s before it ends, still is not: both are work with the
    /// disk, of which no clock knows. Time passes by moments meanwhile; by the step, whoever waits would soon have waited too long.
    /// </summary>
    private bool IsSomebodyLate() => Awake.Any(machine => machine.Clock.IsWaitedForAMoment) || (_cloud is not null && _cloud.Feed.Sessions.Any(session =>
        session.Channels.Any(channel => channel.Token.Ends - _cloudClock.GetUtcNow() < TimeSpan.FromSeconds(50))));

    public async Task<List<string>> CloudTurnsAsync()
    {
        await using var command = Cloud.Database.CreateCommand("select content from public.turns where content like '% asks %' or content like '% is told %'");
        await using var row = await command.ExecuteReaderAsync(Cancel);
        List<string> found = [];
        while (await row.ReadAsync(Cancel))
        {
            found.Add(row.GetString(0));
        }

        found.Sort(StringComparer.Ordinal);
        return found;
    }

    public string Told() => string.Join(" | ", Machines.Select(machine =>
        $"{machine.Status?.Connection} {machine.Status?.Reason} busy {machine.Clock.IsBusy} {machine.Wire.IsBusy} waits {machine.Clock.IsWaitedForAMoment} {string.Join("; ", machine.Errors.TakeLast(3))}"));

    public async ValueTask DisposeAsync()
    {
        foreach (var machine in Machines)
        {
            await machine.DisposeAsync();
        }

        if (_cloud is not null)
        {
            await _cloud.DisposeAsync();
        }

        _folder.Dispose();
    }
}
