using CogCommit.Core.Cloud;
using CogCommit.Core.Sync;
using CogCommit.Core.Tests.Store;
using Microsoft.Extensions.Time.Testing;

namespace CogCommit.Core.Tests.Sync;

/// <summary>What the status says of what waits, since when, and of what fails.</summary>
public sealed class SyncStatusTests : IDisposable
{
    private static readonly CloudUser User = new("u", "ada", new Uri("https://abc.supabase.co"), DateTimeOffset.MaxValue);
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 4, 1, 10, 0, 0, TimeSpan.Zero));
    private readonly TempStore _temp;

    public SyncStatusTests() => _temp = new TempStore(_clock);

    private SyncStatus Status => SyncStatusReader.Read(_temp.Store, User);

    [Fact]
    public void The_lag_is_that_of_the_oldest_change_that_waits()
    {
        SignIn();
        Assert.Null(Status.Lag);
        Turn("a");
        Wait(7);
        Turn("b");
        Wait(3);

        Assert.Equal(TimeSpan.FromMinutes(10), Status.Lag);
        Pushed("a");
        Assert.Equal(TimeSpan.FromMinutes(3), Status.Lag);
        Pushed("b");
        Assert.Null(Status.Lag);
        Assert.Equal(0, Count("changes"));
    }

    [Fact]
    public void What_was_there_before_the_sign_in_waits_since_then()
    {
        Turn("a");
        Wait(60);
        Assert.Equal(0, Count("changes"));
        SignIn();
        Wait(5);

        Assert.Equal(TimeSpan.FromMinutes(5), Status.Lag);
        Assert.Null(SyncStatusReader.Read(_temp.Store, null).Lag);
    }

    [Theory]
    [InlineData("update cognitive_commits set push_state = 'over_limit' where id = 'a'")]
    [InlineData("update cognitive_commits set warmup = 1 where id = 'a'")]
    [InlineData("update turns set push_state = 'too_large', tried_seq = change_seq where session_id = 's-a'; update sessions set pushed_seq = change_seq where id = 's-a'; update cognitive_commits set pushed_seq = change_seq where id = 'a'")]
    public void What_no_sync_would_send_does_not_count(string held)
    {
        SignIn();
        Turn("a");
        Wait(5);
        Assert.NotNull(Status.Lag);
        foreach (var statement in held.Split(';'))
        {
            _temp.Store.Write(transaction => transaction.Execute(statement));
        }

        Assert.Null(Status.Lag);
    }

    [Fact]
    public void A_turn_that_came_later_counts_from_its_own_time()
    {
        SignIn();
        Turn("a");
        Pushed("a");
        Wait(30);
        _temp.Builder.Prompt("one more");
        Wait(2);
        Assert.Equal(TimeSpan.FromMinutes(2), Status.Lag);
    }

    [Fact]
    public void Failing_is_counted_from_the_first_time_until_something_gets_through()
    {
        SignIn();
        Assert.Equal(("Off", null, 0), (Status.Connection, Status.FailingSince, Status.Failures));
        var since = _clock.GetUtcNow();
        for (var i = 0; i < 3; i++)
        {
            _temp.Store.Write(transaction => SyncState.SetError(transaction, $"no route {i}", _clock.GetUtcNow()));
            Wait(1);
        }

        Assert.Equal(("Offline", since, 3, "no route 2"), (Status.Connection, Status.FailingSince, Status.Failures, Status.LastError));
        _temp.Store.Write(transaction => SyncState.SetPulled(transaction, _clock.GetUtcNow()));
        Assert.Equal(("Off", null, 0, null), (Status.Connection, Status.FailingSince, Status.Failures, Status.LastError));
        _temp.Store.Write(transaction => SyncState.SetError(transaction, "again", _clock.GetUtcNow()));
        Assert.Equal((_clock.GetUtcNow(), 1), (Status.FailingSince, Status.Failures));
        _temp.Store.Write(transaction => SyncState.SetPushed(transaction, _clock.GetUtcNow()));
        Assert.Equal(0, Status.Failures);
    }

    [Theory]
    [InlineData("Listening", "Listening")]
    [InlineData("Polling", "Polling")]
    [InlineData(null, "Offline")]
    public void The_connection_is_that_of_the_daemon_where_one_runs(string? daemons, string connection)
    {
        SignIn();
        _temp.Store.Write(transaction => SyncState.SetError(transaction, "no route", _clock.GetUtcNow()));
        var daemon = new DaemonStatus { LogPath = "", IsRunning = daemons is not null, Connection = daemons, NextTry = _clock.GetUtcNow().AddMinutes(1) };

        var status = SyncStatusReader.Read(_temp.Store, User, daemon);

        Assert.Equal((connection, _clock.GetUtcNow().AddMinutes(1)), (status.Connection, status.NextTry));
        Assert.Same(daemon, status.Daemon);
    }

    [Fact]
    public void Pictures_that_wait_are_counted_with_their_bytes()
    {
        SignIn();
        Turn("a");
        _temp.Store.Write(transaction =>
        {
            foreach (var (id, bytes, pushed) in new[] { ("v1", 1000, 0), ("v2", 24, 0), ("v3", 7, 1) })
            {
                var change = transaction.NextChange();
                transaction.Execute(
                    "insert into visuals (id, commit_id, type, captured_at, byte_size, change_seq, pushed_seq) values ($id, 'a', 'screenshot', $now, $bytes, $seq, $pushed)",
                    ("$id", id), ("$now", _clock.GetUtcNow()), ("$bytes", bytes), ("$seq", change), ("$pushed", pushed * change));
            }
        });

        Assert.Equal((2, 1024L), (Status.VisualsPending, Status.VisualBytesPending));
    }

    [Fact]
    public void Without_a_store_nothing_waits()
    {
        var status = SyncStatusReader.WithoutStore(User);
        Assert.Equal((true, "ada", "Off", 0, null), (status.Identity.SignedIn, status.Identity.UserName, status.Connection, status.Pending, status.Lag));
    }

    [Fact]
    public void That_time_goes_by_is_no_change_and_anything_else_is()
    {
        SignIn();
        Turn("a");
        Wait(1);
        var before = Status;
        Wait(1);
        Assert.NotEqual(before.Lag, Status.Lag);
        Assert.False(SyncStatusChange.Between(before, Status));

        Assert.True(SyncStatusChange.Between(before, SyncStatusReader.Read(_temp.Store, null)));
        Assert.True(SyncStatusChange.Between(before, SyncStatusReader.Read(_temp.Store, User, new DaemonStatus { LogPath = "" })));
        Pushed("a");
        Assert.True(SyncStatusChange.Between(before, Status));
        var offline = new DaemonStatus { LogPath = "", Failures = 1 };
        Assert.True(SyncStatusChange.Between(SyncStatusReader.Read(_temp.Store, User, offline), SyncStatusReader.Read(_temp.Store, User, new DaemonStatus { LogPath = "", Failures = 2 })));
    }

    public void Dispose() => _temp.Dispose();

    private void SignIn() => SyncOwner.Claim(_temp.Store, User.Url, User.UserId, force: false);

    private void Turn(string commit) => _temp.Builder.Commit(commit).Session("s-" + commit).Prompt("hello");

    private void Wait(int minutes) => _clock.Advance(TimeSpan.FromMinutes(minutes));

    private void Pushed(string commit) => _temp.Store.Write(transaction =>
    {
        transaction.Execute("update cognitive_commits set pushed_seq = change_seq where id = $id", ("$id", commit));
        transaction.Execute("update sessions set pushed_seq = change_seq where id = $id", ("$id", "s-" + commit));
        transaction.Execute("update turns set pushed_seq = change_seq where session_id = $id", ("$id", "s-" + commit));
        SyncState.SetPushed(transaction, _clock.GetUtcNow());
    });

    private long Count(string table)
    {
        using var reader = _temp.Store.OpenReader();
        using var command = reader.CreateCommand();
        command.CommandText = $"select count(*) from {table}";
        return (long)command.ExecuteScalar()!;
    }
}
