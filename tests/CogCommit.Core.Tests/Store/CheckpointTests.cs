using CogCommit.Core.Store;
using Microsoft.Data.Sqlite;

namespace CogCommit.Core.Tests.Store;

/// <summary>The log of a store: what writing leaves in it, and when that comes into the store.</summary>
public sealed class CheckpointTests : IDisposable
{
    // https://sqlite.org/fileformat2.html#the_write_ahead_log
    private const int LogHeader = 32;
    private const int FrameSize = 24 + 4096;

    // In frames; what it writes are some 12 to 17.
    private const int Transaction = 25;

    private readonly TempHome _temp = new();

    public void Dispose() => _temp.Dispose();

    private long LogFrameRoom => (new FileInfo(_temp.Home.DatabasePath + "-wal").Length - LogHeader) / FrameSize;

    private long StoreLength => new FileInfo(_temp.Home.DatabasePath).Length;

    private StoreFile Open(int beside, int most) =>
        StoreFile.Open(_temp.Home, null, StoreOptions.Default with { CheckpointBeside = beside, CheckpointMost = most });

    private static void Write(StoreFile store, int number) =>
        store.Write(transaction => transaction.Execute("insert into machines values ($id, $text)", ("$id", $"m{number}"), ("$text", new string('x', 48_000))));

    private static long Machines(StoreFile store)
    {
        using var reader = store.OpenReader();
        return (long)StoreConnection.Scalar(reader, "select count(*) from machines where length(name) = 48000")!;
    }

    [Fact]
    public void Once_it_is_long_the_log_begins_anew()
    {
        using var store = Open(beside: 20, most: 100);
        for (var i = 0; i < 60; i++)
        {
            Write(store, i);
            Assert.InRange(LogFrameRoom, 1, 100 + Transaction);
        }

        Assert.Equal(60, Machines(store));
    }

    [Fact]
    public void What_it_holds_is_copied_while_writing_goes_on()
    {
        using (var store = Open(beside: 20, most: int.MaxValue))
        {
            // What holds the store open keeps the last checkpoint, that of who closes it, away.
            using var reader = store.OpenReader();
            var before = StoreLength;
            for (var i = 0; i < 10; i++)
            {
                Write(store, i);
            }

            store.Dispose();
            Assert.InRange(StoreLength, before + (2 * 48_000), long.MaxValue);
            Assert.NotEqual(0, LogFrameRoom);
        }

        using var again = StoreFile.Open(_temp.Home);
        Assert.Equal(10, Machines(again));
    }

    [Fact]
    public void Nobody_who_reads_is_kept_waiting_or_waited_for()
    {
        using var store = Open(beside: 20, most: 100);
        Write(store, 0);
        using (var reader = store.OpenReader())
        using (reader.BeginTransaction(deferred: true))
        {
            Assert.Equal(1L, StoreConnection.Scalar(reader, "select count(*) from machines where length(name) = 48000"));
            for (var i = 1; i < 20; i++)
            {
                Write(store, i);
            }

            // What it sees is in the log, which goes on.
            Assert.Equal(1L, StoreConnection.Scalar(reader, "select count(*) from machines where length(name) = 48000"));
            Assert.InRange(LogFrameRoom, 19 * 12, long.MaxValue);
        }

        var longest = LogFrameRoom;
        for (var i = 20; i < 60; i++)
        {
            Write(store, i);
        }

        // One more was written before the log was copied to its end.
        Assert.InRange(LogFrameRoom, longest, longest + Transaction);
        Assert.Equal(60, Machines(store));
    }

    [Fact]
    public void A_checkpoint_that_fails_stops_nobody()
    {
        var tried = 0;
        var checkpoints = new Checkpoints(
            () =>
            {
                Interlocked.Increment(ref tried);
                throw new SqliteException("disk I/O error", 10);
            },
            beside: 10,
            most: 20);
        checkpoints.After(5);
        checkpoints.Wait();
        Assert.Equal(0, tried);
        checkpoints.After(15);
        checkpoints.Wait();
        Assert.Equal(1, tried);
        checkpoints.After(25);
        Assert.Equal(2, tried);
    }

    [Fact]
    public async Task Only_with_a_long_log_does_a_writer_wait_for_one()
    {
        using var begun = new SemaphoreSlim(0);
        using var goOn = new SemaphoreSlim(0);
        var checkpoints = new Checkpoints(
            () =>
            {
                begun.Release();
                goOn.Wait(TimeSpan.FromSeconds(30));
                throw new SqliteException("disk I/O error", 10);
            },
            beside: 10,
            most: 20);
        checkpoints.After(15);
        // It came back while the checkpoint is under way; and there is one at a time.
        await begun.WaitAsync(TestContext.Current.CancellationToken);
        checkpoints.After(16);
        var waits = Task.Run(() => checkpoints.After(25), TestContext.Current.CancellationToken);
        Assert.Equal(0, begun.CurrentCount);
        Assert.False(waits.IsCompleted);
        goOn.Release();
        await begun.WaitAsync(TestContext.Current.CancellationToken);
        Assert.False(waits.IsCompleted);
        goOn.Release();
        await waits;
        Assert.Equal(0, begun.CurrentCount);
    }

    [Fact]
    public void What_is_not_foreseen_is_not_hidden()
    {
        var checkpoints = new Checkpoints(() => throw new InvalidOperationException("not foreseen"), beside: 10, most: 20);
        checkpoints.After(15);
        Assert.Throws<InvalidOperationException>(checkpoints.Wait);
    }

    [Fact]
    public void Who_writes_beside_is_followed_too()
    {
        using var store = StoreFile.Open(_temp.Home);
        using var connection = store.OpenBeside();
        Assert.InRange(LogFrames.After(() => StoreConnection.Execute(connection, "insert into store.machines values ('a', 'a')")), 1, 10);
    }

    [Fact]
    public void The_log_tells_how_long_it_is_where_something_was_written()
    {
        using var store = StoreFile.Open(_temp.Home);
        using var connection = new SqliteConnection(StoreConnection.String(_temp.Home.DatabasePath, pooled: false));
        StoreConnection.Open(connection, TimeSpan.FromSeconds(5));
        LogFrames.Follow(connection);
        int Frames(string sql) => LogFrames.After(() => StoreConnection.Execute(connection, sql));
        var first = Frames("insert into machines values ('a', 'a')");
        Assert.InRange(first, 1, 10);
        Assert.Equal(0, Frames("begin; commit"));
        Assert.InRange(Frames("insert into machines values ('b', 'b')"), first + 1, first + 10);
    }
}
