using System.Globalization;
using CogCommit.Cloud.Tests.Sync;
using CogCommit.Cloud.Tests.Wire;
using CogCommit.Core;
using CogCommit.Core.Cloud;
using CogCommit.Core.Cloud.Realtime;
using CogCommit.Core.Daemon;
using CogCommit.Core.Store;
using CogCommit.Core.Tests.Capture.Import;
using CogCommit.Core.Watch;

namespace CogCommit.Cloud.Tests.Day;

/// <summary>A machine with a daemon: its agent's transcripts, its store, its log, its network and its clock.</summary>
internal sealed class WatchedMachine : IAsyncDisposable
{
    // Small, so that a day fills it several times.
    public const int LogLimit = 4096;
    public const int LogsKept = 3;

    private const int TurnsPerCommit = 8;
    private const int TurnsPerSession = 40;

    private readonly TestFolder _folder = new();
    private readonly string _name;
    private readonly int _seed;
    private readonly DaemonLog _log;
    private readonly List<string> _said = [];
    private CancellationTokenSource _stop = new();
    private TranscriptBuilder? _session;
    private int _written;
    private int _sessions;

    public WatchedMachine(string name, int seed, DateTimeOffset start)
    {
        (_name, _seed) = (name, seed);
        Clock = new MachineClock(start);
        Wire = new DayWire(Clock);
        Home = new CogCommitHome(Path.Combine(_folder.Path, "home"));
        _log = new DaemonLog(new DaemonPaths(Home).Log, Clock, LogLimit, LogsKept);
    }

    public MachineClock Clock { get; }

    public DayWire Wire { get; }

    public CogCommitHome Home { get; }

    public WatchStatus? Status { get; private set; }

    /// <summary>What was written into its transcripts, ever.</summary>
    public IReadOnlyList<string> Said => _said;

    public bool IsAsleep { get; private set; }

    public int Starts { get; private set; }

    /// <summary>Events that tell of an error, for the reader of a failure.</summary>
    public List<string> Errors { get; } = [];

    /// <summary>What was heard on the line to Realtime, and when, for the reader of a failure.</summary>
    public List<string> Heard { get; } = [];

    public Task Running { get; private set; } = Task.CompletedTask;

    public bool IsBusy => Clock.IsBusy || Wire.IsBusy;

    public long LogBytes => Logs.Sum(file => file.Length);

    public int LogFiles => Logs.Length;

    private FileInfo[] Logs => new DirectoryInfo(Path.GetDirectoryName(new DaemonPaths(Home).Log)!).GetFiles();

    public async Task SignInAsync(Uri url, string anonKey, string refreshToken)
    {
        using var account = new CloudAccount(Home, null, Wire, Clock);
        await account.SignInAsync(
            new SignInRequest { Url = url, AnonKey = anonKey, RefreshToken = refreshToken }, new NoPrompt(), TestContext.Current.CancellationToken);
    }

    /// <summary>A daemon starts: all that it knows is what the last one left in the store.</summary>
    public void Start()
    {
        var parts = new WatchParts
        {
            Options = new WatchOptions(),
            Roots = [_folder.Path],
            Account = settings => new WatchedAccount(Home, settings, account => new HeldLine(account.Listen(), Clock), Clock, new Line(this), Wire),
            Random = new Random(_seed + Starts),
        };
        Starts++;
        Status = null;
        _stop = new CancellationTokenSource();
        var watch = new ContinuousSync(Home, parts, Clock);
        Running = Task.Run(() => watch.RunAsync(Hear, status => Status = status, _stop.Token));
    }

    /// <summary>Nothing of the daemon gets out any more, and it ends. What a kill leaves of a transaction is shown with real processes.</summary>
    public async Task KillAsync(DayScene day)
    {
        Wire.Cut();
        await _stop.CancelAsync();
        await day.UntilAsync(() => Running.IsCompleted, "the daemon is gone");
        await Running;
        _stop.Dispose();
        Wire.Mend();
    }

    /// <summary>The lid is closed.</summary>
    public void Sleep()
    {
        Wire.Cut();
        IsAsleep = true;
    }

    public void WakeUp()
    {
        IsAsleep = false;
        Wire.Mend();
    }

    public void Pass(TimeSpan time)
    {
        if (IsAsleep)
        {
            Clock.Sleep(time);
        }
        else
        {
            Clock.Advance(time);
        }
    }

    /// <summary>A person and the agent say something: two turns, now and then a git commit, now and then in a new session.</summary>
    public void Work()
    {
        if (_session is null || _said.Count % TurnsPerSession == 0)
        {
            _session = new TranscriptBuilder($"{_name}{++_sessions:D7}-0000-4000-8000-000000000001");
            _written = 0;
        }

        var number = _said.Count.ToString(CultureInfo.InvariantCulture);
        Say($"{_name} asks {number}", (session, text) => session.At(Now).Prompt(text));
        Say($"{_name} is told {number}", (session, text) => session.Answer(text));
        if (_said.Count % TurnsPerCommit == 0)
        {
            _session.Commit($"{_seed % 16:x}{_said.Count:x6}", $"Step {number}");
        }

        var path = Path.Combine(_folder.Path, "-home-ann-projects-loom", _session.SessionId + ".jsonl");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.AppendAllText(path, string.Concat(_session.Lines.Skip(_written).Select(line => line + "\n")));
        _written = _session.Lines.Count;
    }

    public List<string> Rows()
    {
        using var store = StoreFile.Open(Home, Clock);
        return SyncTests.Rows(store);
    }

    /// <summary>What each turn says, in order.</summary>
    public List<string> Turns()
    {
        using var store = StoreFile.Open(Home, Clock);
        using var reader = store.OpenReader();
        using var command = reader.CreateCommand();
        command.CommandText = "select content from turns where content like '% asks %' or content like '% is told %' order by content";
        using var row = command.ExecuteReader();
        List<string> found = [];
        while (row.Read())
        {
            found.Add(row.GetString(0));
        }

        return found;
    }

    public long Scalar(string sql)
    {
        using var store = StoreFile.Open(Home, Clock);
        using var reader = store.OpenReader();
        using var command = reader.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    public async ValueTask DisposeAsync()
    {
        Wire.Cut();
        await _stop.CancelAsync();
        await Task.WhenAny(Running);
        Wire.Dispose();
        _folder.Dispose();
    }

    private string Now => Clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);

    private void Say(string text, Action<TranscriptBuilder, string> write)
    {
        write(_session!, text);
        _said.Add(text);
    }

    /// <summary>As the product's own, on a clock that knows who holds the line.</summary>
    private sealed class HeldLine(ICloudNudges nudges, MachineClock clock) : ICloudNudges
    {
        public async Task ListenAsync(Action<Nudge> heard, CancellationToken cancellationToken)
        {
            clock.HoldLine();
            await nudges.ListenAsync(heard, cancellationToken);
        }

        public void TryNow() => nudges.TryNow();
    }

    private sealed class Line(WatchedMachine machine) : IReport
    {
        public void Verbose(string text)
        {
        }

        public void Debug(string text)
        {
            if (text.StartsWith("Realtime: ", StringComparison.Ordinal) && !text.StartsWith("Realtime: push", StringComparison.Ordinal))
            {
                machine.Heard.Add($"{machine.Clock.GetUtcNow():T} {text}");
            }
        }
    }

    private void Hear(WatchEvent happened)
    {
        _log.Write(happened);
        if (happened.Kind == WatchEventKind.Error)
        {
            Errors.Add($"{Clock.GetUtcNow():t} {_name}: {happened.ErrorId} {happened.Message}");
        }
    }
}
