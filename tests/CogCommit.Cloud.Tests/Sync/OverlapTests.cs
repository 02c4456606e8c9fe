using CogCommit.Core.Cloud;
using CogCommit.Core.Sync;
using Microsoft.Data.Sqlite;

namespace CogCommit.Cloud.Tests.Sync;

/// <summary>An answer that only confirms is taken into the store while the batch after it is away, and is never lost for that.</summary>
public class OverlapTests(SyncDatabase database) : SyncTests(database)
{
    private static readonly BatchLimits Ten = new(Rows: 10, Bytes: 1_000_000, RowBytes: 4_000_000);

    [Fact]
    public async Task It_is_taken_in_while_the_next_batch_is_away()
    {
        var a = NewDevice(Ten);
        a.Import(Talk.Of("long").Grown(40));
        List<int> sent = [], atStart = [], later = [];
        a.Cloud.BeforePush = async batch =>
        {
            var before = sent.Sum();
            atStart.Add(Confirmed(a));
            sent.Add(batch.GetProperty("turns").GetArrayLength());
            // From here on the batch is away.
            await Task.Yield();
            while (Confirmed(a) < before)
            {
                await Task.Delay(5, TestContext.Current.CancellationToken);
            }

            later.Add(Confirmed(a));
        };
        await a.PushAsync();

        Assert.InRange(sent.Count, 4, int.MaxValue);
        var sums = Enumerable.Range(0, sent.Count).Select(n => sent.Take(n).Sum()).ToList();
        Assert.Equal(sums, later);
        Assert.Equal([0, .. sums[..^1]], atStart);
        Assert.Equal(40, Confirmed(a));
    }

    [Fact]
    public async Task What_was_confirmed_stays_so_when_the_next_batch_does_not_arrive()
    {
        var (a, b) = (NewDevice(Ten), NewDevice());
        a.Import(Talk.Of("long").Grown(40));
        a.Cloud.BeforePush = _ => a.Cloud.Batches.Count == 3 ? throw new CloudUnreachableException(a.Cloud.Url, "the line broke.") : Task.CompletedTask;
        Assert.True((await a.PushAsync()).Offline);
        Assert.Equal(a.Cloud.Batches.Take(2).Sum(batch => batch.GetProperty("turns").GetArrayLength()), Confirmed(a));

        a.Cloud.BeforePush = null;
        Assert.Equal(40 - Confirmed(a), (await a.PushAsync()).Turns);
        Assert.Equal(1, (await a.SyncAsync()).Requests);
        await b.SyncAsync();
        await AssertSameEverywhereAsync(a, b);
    }

    [Fact]
    public async Task A_store_that_cannot_be_written_is_told_when_what_is_away_has_come_back()
    {
        var (a, b) = (NewDevice(Ten), NewDevice());
        a.Import(Talk.Of("long").Grown(40));
        var answered = 0;
        a.Cloud.BeforePush = async _ =>
        {
            if (a.Cloud.Batches.Count == 2)
            {
                a.Store.Write(transaction => transaction.Execute("create trigger refuse before update of pushed_seq on turns begin select raise(abort, 'no room'); end"));
                await Task.Yield();
            }
        };
        a.Cloud.AfterPush = _ =>
        {
            answered++;
            return Task.CompletedTask;
        };
        Assert.Contains("no room", (await Assert.ThrowsAsync<SqliteException>(() => a.PushAsync())).Message, StringComparison.Ordinal);
        Assert.Equal((2, 0), (answered, Confirmed(a)));

        a.Cloud.BeforePush = null;
        a.Store.Write(transaction => transaction.Execute("drop trigger refuse"));
        await a.SyncAsync();
        await b.SyncAsync();
        await AssertSameEverywhereAsync(a, b);
    }

    private static int Confirmed(Device device)
    {
        using var reader = device.Store.OpenReader();
        using var command = reader.CreateCommand();
        command.CommandText = "select count(*) from turns where pushed_seq >= change_seq";
        return (int)(long)command.ExecuteScalar()!;
    }
}
