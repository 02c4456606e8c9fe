using CogCommit.Core.Capture;
using CogCommit.Core.Cloud;
using CogCommit.Core.Cloud.Realtime;
using CogCommit.Core.Config;
using CogCommit.Core.Store;
using CogCommit.Core.Sync;
using CogCommit.Core.Tests.Capture.Import;
using CogCommit.Core.Tests.Store;
using CogCommit.Core.Watch;
using Microsoft.Extensions.Time.Testing;

namespace CogCommit.Core.Tests.Watch;

/// <summary>A machine that watches real files, a cloud in memory, and what was told of it all.</summary>
internal sealed class WatchScene : IAsyncDisposable
{
    // What is waited for comes in milliseconds; whoever waits as long as this waits for nothing.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TempHome _temp = new();
    private readonly TranscriptFolder _folder = new();
    private readonly List<WatchEvent> _events = [];
    private readonly List<string> _said = [];
    private TaskCompletionSource _more = NewSource();
    private CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    public WatchScene(FakeTimeProvider? clock = null)
    {
        (Clock, FakeClock) = (clock ?? TimeProvider.System, clock);
        Wire = new ModelWire(Clock);
        Set("sync-debounce", "10ms");
    }

    public TimeProvider Clock { get; }

    public FakeTimeProvider? FakeClock { get; }

    public ModelWire Wire { get; }

    public CogCommitHome Home => _temp.Home;

    public string Folder => _folder.Root;

    public WatchStatus? Status { get; private set; }

    /// <summary>Null: nobody is signed in. Whoever changes it while something watches calls <see cref="SignIn"/>.</summary>
    public CloudUser? User { get; private set; }

    public WatchOptions Options { get; init; } = new();

    public Action? GiveBack { get; init; }

    public HandNetwork Network { get; } = new();

    public IReadOnlyList<WatchEvent> Events
    {
        get
        {
            lock (_events)
            {
                return [.. _events];
            }
        }
    }

    public IReadOnlyList<string> Said
    {
        get
        {
            lock (_events)
            {
                return [.. _said];
            }
        }
    }

    public void Set(string key, object? value) => Settings.Load(Home).Set(key, value);

    public void SignIn(string? name)
    {
        User = name is null ? null : new CloudUser($"00000000-0000-4000-8000-{name.Length:D12}", name, new Uri("https://cloud.example"), Clock.GetUtcNow().AddYears(1));
        Directory.CreateDirectory(Home.Root);
        File.WriteAllText(Home.AuthPath, $"{{ \"who\": \"{name}\", \"time\": {Guid.NewGuid().GetHashCode()} }}");
    }

    /// <summary>Begins to watch, and waits until it does.</summary>
    public async Task<WatchScene> StartAsync(params string[] roots)
    {
        var parts = new WatchParts
        {
            Options = Options,
            Roots = roots.Length > 0 ? roots : [Folder],
            Account = _ => new Account(this),
            GiveBack = GiveBack,
            Network = Network.Watch,
            Report = new Report(this),
        };
        var began = Events.Count;
        var sync = new ContinuousSync(Home, parts, Clock);
        _stop = new CancellationTokenSource();
        _running = Task.Run(() => sync.RunAsync(Add, status => Pulse(() => Status = status), _stop.Token));
        await UntilAsync(() => Events.Skip(began).Any(happened => happened.Kind == WatchEventKind.Started) && Status is not null, "it watches");
        return this;
    }

    /// <summary>Stops watching, and waits until it did.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _running.WaitAsync(Patience);
    }

    /// <summary>Waits for the end that it comes to by itself.</summary>
    public Task EndAsync() => _running.WaitAsync(Patience);

    public Task<WatchEvent> UntilAsync(WatchEventKind kind, int number = 1) => UntilAsync(kind, _ => true, number);

    public async Task<WatchEvent> UntilAsync(WatchEventKind kind, Func<WatchEvent, bool> wanted, int number = 1)
    {
        await UntilAsync(() => Of(kind).Count(wanted) >= number, $"event {number} of kind {kind}");
        return Of(kind).Where(wanted).ElementAt(number - 1);
    }

    /// <summary>Waits until it holds; looks again whenever something was told, and at the latest a moment later.</summary>
    public async Task UntilAsync(Func<bool> holds, string what)
    {
        var deadline = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        while (!holds())
        {
            Task more;
            lock (_events)
            {
                more = _more.Task;
            }

            if (_running.IsFaulted)
            {
                await _running;
            }

            Assert.True(Environment.TickCount64 < deadline, $"Waited in vain until {what}. Told: {string.Join(" | ", Events.Select(told => $"{told.Kind}: {told.Message}"))}");
            await Task.WhenAny(more, Task.Delay(20));
        }
    }

    /// <summary>Waits until it holds; the clock goes on from one moment that is waited for to the next, and never beyond the last one.</summary>
    public Task PassUntilAsync(Func<bool> holds, string what, DateTimeOffset? last = null) => UntilAsync(
        () =>
        {
            if (holds())
            {
                return true;
            }

            var clock = (AlarmClock)Clock;
            if (clock.Next is { } next && next > clock.GetUtcNow() && !(next > last))
            {
                clock.Pass(next - clock.GetUtcNow());
            }

            return false;
        },
        what);

    public IEnumerable<WatchEvent> Of(WatchEventKind kind) => Events.Where(happened => happened.Kind == kind);

    public long Scalar(string sql)
    {
        using var store = StoreFile.Open(Home, Clock);
        using var reader = store.OpenReader();
        using var command = reader.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Another machine of the same user: imports these transcripts and syncs.</summary>
    public async Task OtherMachineAsync(Action<StoreFile> work, string? folder = null)
    {
        using var temp = new TempHome();
        using var store = StoreFile.Open(temp.Home, Clock);
        if (folder is not null)
        {
            new Importer(store).Run(new ImportOptions { Paths = [folder] }, null, CancellationToken.None);
        }

        var engine = new SyncEngine(store, Wire.ForUser(User!.UserId), Boundary.TakeOver);
        await engine.SyncAsync(new SyncOptions());
        work(store);
        await engine.SyncAsync(new SyncOptions());
    }

    /// <summary>As Push-CogCommit -Force does.</summary>
    public async Task UploadAgainAsync()
    {
        using var store = StoreFile.Open(Home, Clock);
        await new SyncEngine(store, Wire.ForUser(User!.UserId)).PushAsync(new PushOptions { Force = true });
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAny(_running);
        _folder.Dispose();
        _temp.Dispose();
    }

    private void Add(WatchEvent happened) => Pulse(() => _events.Add(happened));

    private void Pulse(Action change)
    {
        TaskCompletionSource more;
        lock (_events)
        {
            change();
            more = _more;
            _more = NewSource();
        }

        more.SetResult();
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class Account(WatchScene scene) : IWatchedAccount
    {
        private readonly CloudUser? _user = scene.User;

        public CloudUser? Current => _user;

        public SyncEngine NewEngine(StoreFile store) => new(store, scene.Wire.ForUser(_user!.UserId), Boundary.TakeOver);

        public ICloudNudges? Listen() => scene.Wire.Nudges;

        public void Dispose()
        {
        }
    }

    private sealed class Report(WatchScene scene) : IReport
    {
        public void Verbose(string text) => scene.Pulse(() => scene._said.Add(text));

        public void Debug(string text)
        {
        }
    }
}
