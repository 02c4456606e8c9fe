using CogCommit.Core.Cloud;
using CogCommit.Core.Cloud.Realtime;
using CogCommit.Core.Store;
using CogCommit.Core.Sync;

namespace CogCommit.Core.Watch;

/// <summary>The half of watching that syncs: who is signed in, when to push and pull, and what came of it. On the loop's thread, but for the sync itself.</summary>
internal sealed partial class CloudSide : IDisposable
{
    private const string Source = "sync";
    private const string SignInSource = "sign-in";

    private readonly StoreFile _store;
    private readonly Func<IWatchedAccount> _open;
    private readonly WatchClock _clock;
    private readonly WatchTeller _teller;
    private readonly Action<Action> _post;
    private readonly StoreChanges _changes;
    private readonly SyncSchedule _schedule;
    private WatchSettings _settings;
    private CloudConnection? _connection;
    private Task? _running;
    private Nudge? _nudged;
    private string? _offBecause;
    private bool _waitsForDecision;
    private DateTimeOffset? _lastSync;
    private string? _reason;
    private int _leftBehind;
    private DateTimeOffset? _picturesAt;

    /// <param name="store">This side.</param>
    /// <param name="open">Opens the account with the settings as they are now.</param>
    /// <param name="settings">What is in force.</param>
    /// <param name="random">For the waits.</param>
    /// <param name="clock">When.</param>
    /// <param name="teller">Hears what happens.</param>
    /// <param name="post">Runs something on the loop's thread.</param>
    public CloudSide(
        StoreFile store, Func<IWatchedAccount> open, WatchSettings settings, Random random, WatchClock clock, WatchTeller teller, Action<Action> post)
    {
        (_store, _open, _settings, _clock, _teller, _post) = (store, open, settings, clock, teller, post);
        _changes = new StoreChanges(store);
        _schedule = new SyncSchedule(random);
        _schedule.Use(settings);
        using var reader = store.OpenReader();
        _lastSync = SyncState.Read(reader)?.LastSync;
    }

    /// <summary>When it has something to do, if nothing happens until then.</summary>
    public DateTimeOffset? Next => _connection is null || _running is not null ? null : new[] { _schedule.Next(), _picturesAt }.Min();

    public WatchStatus Status => new()
    {
        Connection = _connection is null ? ConnectionState.Off
            : _schedule.FailingSince is not null ? ConnectionState.Offline
            : _schedule.IsJoined ? ConnectionState.Listening
            : ConnectionState.Polling,
        FailingSince = _schedule.FailingSince,
        Failures = _schedule.Failures,
        NextTry = _schedule.NextTry,
        Reason = _connection is null ? _offBecause : _reason,
        LastSync = _lastSync,
    };

    /// <summary>Who is signed in, for people; null when nothing is synced.</summary>
    public string? User => _connection is { } connection ? $"{connection.User.UserName ?? connection.User.UserId} at {connection.User.Url}" : null;

    public void Use(WatchSettings settings)
    {
        _settings = settings;
        _schedule.Use(settings);
    }

    /// <summary>Settings or sign-in may be others by now: connects, or leaves, or stays.</summary>
    public void LookWhoIsSignedIn()
    {
        var (user, account) = (_settings.OffBecause is null ? Open() : null) ?? default;
        if (_connection is { } connection && user is not null && connection.IsOf(user))
        {
            account!.Dispose();
            return;
        }

        Leave(_settings.OffBecause ?? _offBecause ?? "Nobody is signed in.");
        if (user is not null)
        {
            Connect(user, account!);
        }
    }

    /// <summary>The store changed.</summary>
    public void LookAtStore()
    {
        var waits = _changes.Look();
        if (_waitsForDecision && !IsWiped())
        {
            _waitsForDecision = false;
            _schedule.StartAnew();
            LookWhoIsSignedIn();
        }

        if (waits)
        {
            _schedule.Changed(_clock.Now);
        }
    }

    public void NetworkBack()
    {
        _schedule.NetworkBack(_clock.Now);
        _connection?.Nudges?.TryNow();
    }

    /// <summary>Does what is due.</summary>
    public void Act()
    {
        if (_picturesAt <= _clock.Now)
        {
            // For which there was no room: nobody tells when there is.
            _picturesAt = null;
            _schedule.Changed(_clock.Now);
        }

        if (_connection is { } connection && _running is null && _schedule.Begin(_clock.Now) is not SyncWork.None and var work)
        {
            _running = Task.Run(() => RunAsync(connection, work));
        }
    }

    /// <summary>Lets what runs end, if it does so in time.</summary>
    public async Task FinishAsync(CancellationToken patience)
    {
        if (_running is { } running)
        {
            await running.WaitAsync(patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Sends what waits, where the cloud was there until now.</summary>
    public async Task FarewellAsync(CancellationToken patience)
    {
        var waits = _schedule.HasChanges | _changes.Look();
        if (_connection is { } connection && _running is null && _schedule.NextTry is null && waits && !patience.IsCancellationRequested)
        {
            await FarewellAsync(connection, patience).ConfigureAwait(false);
        }
    }

    /// <summary>Ends whatever is under way, and waits until nothing of it is left.</summary>
    public async Task EndAsync()
    {
        if (_connection is { } connection)
        {
            await connection.EndAsync().ConfigureAwait(false);
        }

        if (_running is { } running)
        {
            await running.ConfigureAwait(false);
        }
    }

    public void Dispose() => _connection?.Dispose();

    private (CloudUser User, IWatchedAccount Account)? Open()
    {
        var account = _open();
        try
        {
            if (account.Current is { } user)
            {
                _teller.Forget(SignInSource);
                return (user, account);
            }

            _offBecause = "Nobody is signed in.";
        }
        catch (CogCommitException damaged)
        {
            _offBecause = WatchTeller.OneLine(damaged.Message);
            _teller.SayError(SignInSource, damaged, null);
        }

        account.Dispose();
        return null;
    }

    private void Connect(CloudUser user, IWatchedAccount account)
    {
        _connection = new CloudConnection(user, account, account.NewEngine(_store), account.Listen());
        _schedule.StartAnew();
        _nudged = null;
        _reason = _offBecause = null;
        var connection = _connection;
        connection.Listen(nudge => _post(() => Heard(connection, nudge)), ended => _post(() => Deaf(connection, ended)), mistake => _post(mistake.Throw));
    }

    /// <summary>What runs for it ends; what it says afterwards counts no more.</summary>
    private void Leave(string because)
    {
        if (_connection is { } connection)
        {
            connection.Dispose();
            _connection = null;
            _schedule.Left(_clock.Now);
            _schedule.StartAnew();
            _picturesAt = null;
        }

        _offBecause = because;
    }

    private void Heard(CloudConnection connection, Nudge nudge)
    {
        if (connection != _connection)
        {
            return;
        }

        switch (nudge.Kind)
        {
            case NudgeKind.Joined:
                _schedule.Joined(_clock.Now);
                break;
            case NudgeKind.Lost:
                _schedule.Lost();
                break;
            default:
                _nudged = nudge.Seq is null || !(nudge.Seq < _nudged?.Seq) ? nudge : _nudged;
                // The answer to a push of this device may still be on its way: then the nudge comes first.
                if (_running is null)
                {
                    HeedNudge();
                }

                break;
        }
    }

    private void HeedNudge()
    {
        var nudge = _nudged;
        _nudged = null;
        if (nudge is not null && !IsKnown(nudge))
        {
            _schedule.PullWanted();
        }
    }

    /// <summary>It is a push of this device, or one that was pulled.</summary>
    private bool IsKnown(Nudge nudge)
    {
        using var reader = _store.OpenReader();
        return nudge.Seq is { } seq && SyncState.Read(reader)?.Cursor is { } cursor
            && (seq < cursor.Seq || (seq == cursor.Seq && (nudge.PushId is null || nudge.PushId == cursor.PushId)));
    }

    private bool IsWiped()
    {
        using var reader = _store.OpenReader();
        return SyncState.Read(reader)?.WipedAt is not null;
    }

    private void Deaf(CloudConnection connection, CogCommitException ended)
    {
        if (connection == _connection)
        {
            WaitForSignIn(ended);
        }
    }
}
