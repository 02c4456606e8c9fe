using System.Text.Json;
using CogCommit.Core;
using CogCommit.Core.Cloud;
using CogCommit.Core.Sync;

namespace CogCommit.Cloud.Tests.Sync;

public class FailureTests(SyncDatabase database) : SyncTests(database)
{
    private static readonly Talk Talk = Talk.Of("one").Grown(30);
    private static readonly BatchLimits Small = new(Rows: 10, Bytes: 1_000_000, RowBytes: 4_000_000);

    [Fact]
    public async Task Offline_is_a_state_and_loses_nothing()
    {
        var (a, b) = (NewDevice(), NewDevice());
        a.Import(Talk);
        a.Cloud.BeforePush = _ => throw Unreachable(a);
        var offline = await a.SyncAsync();
        Assert.True(offline.Offline);
        Assert.Equal("pending", a.SyncStatus(Device.CommitsOf(Talk)[0]));
        Assert.Contains("cannot be reached", SyncStatusReader.Read(a.Store, null).LastError, StringComparison.Ordinal);
        a.Cloud.BeforePush = null;
        Assert.Equal((1, false), ((await a.SyncAsync()).Pushed, offline.Pushed > 0));
        Assert.Null(SyncStatusReader.Read(a.Store, null).LastError);
        await b.SyncAsync();
        await AssertSameEverywhereAsync(a, b);
    }

    [Fact]
    public async Task A_lost_answer_is_asked_for_again_under_the_same_id_and_nothing_is_echoed()
    {
        var (a, b) = (NewDevice(), NewDevice());
        a.Import(Talk);
        a.Cloud.AfterPush = _ => throw Unreachable(a);
        Assert.True((await a.PushAsync()).Offline);
        a.Cloud.AfterPush = null;
        var again = await a.PushAsync();
        Assert.Equal((30, 0), (again.Turns, again.Failed));
        Assert.Equal(a.Cloud.Batches[0].GetProperty("push_id").GetString(), a.Cloud.Batches[1].GetProperty("push_id").GetString());
        Assert.Equal(1, await Database.CountAsync(User, "sync_pushes"));
        Assert.Equal((1, 0), ((await a.PullAsync()).Requests, (await a.PullAsync()).TurnsReceived));
        await b.SyncAsync();
        await AssertSameEverywhereAsync(a, b);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(3, false)]
    public async Task A_crash_at_any_batch_is_made_good_by_the_next_push(int batch, bool cloudHadIt)
    {
        var (a, b) = (NewDevice(Small), NewDevice());
        a.Import(Talk);
        a.Edit(Device.CommitsOf(Talk)[0], "mine");
        var count = 0;
        Func<JsonElement, Task> crash = _ => ++count == batch ? throw new InvalidOperationException("The process ended here.") : Task.CompletedTask;
        a.Cloud.AfterPush = cloudHadIt ? crash : null;
        a.Cloud.BeforePush = cloudHadIt ? null : crash;
        await Assert.ThrowsAsync<InvalidOperationException>(() => a.SyncAsync());
        (a.Cloud.BeforePush, a.Cloud.AfterPush) = (null, null);
        await a.SyncAsync();
        await b.SyncAsync();
        await a.SyncAsync();
        Assert.Equal("mine", b.Title(Device.CommitsOf(Talk)[0]));
        Assert.Empty(Conflict.List(a.Store));
        await AssertSameEverywhereAsync(a, b);
    }

    [Fact]
    public async Task A_crash_between_pages_is_made_good_by_the_next_pull()
    {
        var (a, b) = (NewDevice(Small), NewDevice());
        a.Import(Talk);
        await a.SyncAsync();
        b.Cloud.PageBytes = 1;
        var pages = 0;
        b.Cloud.Answer = text => ++pages == 3 ? throw new InvalidOperationException("The process ended here.") : text;
        await Assert.ThrowsAsync<InvalidOperationException>(() => b.PullAsync());
        b.Cloud.Answer = null;
        Assert.InRange(b.Count("turns"), 1, 29);
        await b.PullAsync();
        await AssertSameEverywhereAsync(a, b);
    }

    [Fact]
    public async Task A_row_the_cloud_refuses_stops_itself_alone_until_it_changes()
    {
        var (a, b) = (NewDevice(), NewDevice());
        a.Import(Talk);
        a.Store.Write(transaction => transaction.Execute("update turns set role = 'system' where ordinal = 3"));
        var result = await a.SyncAsync();
        Assert.Equal((1, 1), (result.Pushed, result.Failed));
        Assert.Equal("error", a.SyncStatus(Device.CommitsOf(Talk)[0]));
        Assert.Contains("role", a.Scalar<string>("select push_error from turns where ordinal = 3"), StringComparison.Ordinal);
        await b.SyncAsync();
        Assert.Equal(29, b.Count("turns"));
        Assert.Equal((1, 1), await AgainAsync(a));

        a.Store.Write(transaction => transaction.Execute(
            "update turns set role = 'assistant', change_seq = $change where ordinal = 3", ("$change", transaction.NextChange())));
        await a.SyncAsync();
        await b.SyncAsync();
        await AssertSameEverywhereAsync(a, b);
    }

    [Fact]
    public async Task A_commit_the_cloud_refuses_keeps_its_rows_here_and_lets_others_go()
    {
        var a = NewDevice();
        a.Import(Talk);
        a.Import(Talk.Of("two", "x", "y"));
        a.Store.Write(transaction => transaction.Execute("update cognitive_commits set closed_by = 'magic' where id = $id", ("$id", Device.CommitsOf(Talk)[0])));
        var result = await a.SyncAsync();
        Assert.Equal((1, 1), (result.Pushed, result.Failed));
        Assert.Equal("error", a.SyncStatus(Device.CommitsOf(Talk)[0]));
        Assert.Equal(2, await Database.CountAsync(User, "turns"));
        Assert.Equal((1, 1), await AgainAsync(a));
        a.Store.Write(transaction => transaction.Execute("update cognitive_commits set closed_by = 'session_end'"));
        var retried = await a.PushAsync(new PushOptions { Retry = true });
        Assert.Equal((1, 30), (retried.Pushed, retried.Turns));
        await AssertSameEverywhereAsync(a);
    }

    [Fact]
    public async Task A_value_that_PostgreSQL_cannot_read_is_found_and_stops_its_row_alone()
    {
        var (a, b) = (NewDevice(), NewDevice());
        a.Import(Talk);
        // What PostgreSQL cannot read is made storable on its way; but who knows what the next one cannot.
        a.Cloud.BeforePush = batch => batch.GetRawText().Contains(Device.TurnId(Talk, 7), StringComparison.Ordinal)
            ? throw new CloudRejectedException(400, "22P05", "unsupported Unicode escape sequence")
            : Task.CompletedTask;
        a.Store.Write(transaction => transaction.Execute("update turns set tool_calls = 'no JSON' where ordinal = 9"));
        var result = await a.SyncAsync();
        Assert.Equal((1, 1), (result.Pushed, result.Failed));
        await b.SyncAsync();
        Assert.Equal(28, b.Count("turns"));
        Assert.Equal(2, a.Scalar<long>("select count(*) from turns where push_state = 'error'"));
    }

    [Fact]
    public async Task A_parent_the_cloud_lost_is_sent_again_with_its_child()
    {
        var (a, b) = (NewDevice(), NewDevice());
        a.Import(Talk);
        await a.SyncAsync();
        await Database.Database.ScalarAsync("delete from public.cognitive_commits where user_id = $1", User.Id);
        a.Store.Write(transaction => transaction.Execute("update turns set change_seq = $change where ordinal = 0", ("$change", transaction.NextChange())));
        var result = await a.PushAsync();
        Assert.Equal((1, 0), (result.Pushed, result.Failed));
        await b.SyncAsync();
        Assert.Equal(1, b.Count("turns"));
    }

    // Each makes one answer odd in its own way; none of it may be stored.
    [Theory]
    [InlineData("\"protocol\": 1", "\"protocol\": 2", "OtherProtocol")]
    [InlineData("\"protocol\": 1", "\"protocol\": \"1\"", "BadAnswer")]
    [InlineData("\"known\": true", "\"known\": null", "BadAnswer")]
    [InlineData("\"role\": \"user\"", "\"role\": 17", "BadAnswer")]
    [InlineData("\"session_id\": \"", "\"session_id\": \"0", "BadAnswer")]
    [InlineData("\"ordinal\": 0", "\"ordinal\": 0, \"extra\": 1", "BadAnswer")]
    [InlineData("\"sessions\": [", "\"sessions_\": [", "BadAnswer")]
    [InlineData("\"commits\": [", "\"commits_\": [", "BadAnswer")]
    [InlineData("\"turns\": [", "\"turns\": [null, ", "BadAnswer")]
    [InlineData("\"more\": false", "\"more\": true", null)]
    public async Task An_odd_answer_is_an_error_and_leaves_the_store_as_it_was(string text, string odd, string? errorId)
    {
        var (a, b) = (NewDevice(), NewDevice());
        a.Import(Talk.Of("one", "do it", "done"));
        await a.SyncAsync();
        await b.PullAsync();
        var before = Everything(b);
        a.Import(Talk.Of("two", "do it", "done"));
        await a.SyncAsync();
        b.Cloud.Answer = answer =>
        {
            var changed = answer.Replace(text, odd, StringComparison.Ordinal);
            Assert.NotEqual(answer, changed);
            return changed;
        };
        var error = await Assert.ThrowsAsync<CogCommitException>(() => b.PullAsync());
        if (errorId is not null)
        {
            Assert.Equal(errorId, error.ErrorId);
            Assert.Equal(before, Everything(b));
        }

        b.Cloud.Answer = null;
        await b.PullAsync();
        await AssertSameEverywhereAsync(a, b);
    }

    [Theory]
    [InlineData("\"status\": \"accepted\"", "\"status\": \"perhaps\"")]
    [InlineData("\"results\": {", "\"results_\": {")]
    [InlineData("\"before\": 0", "\"before\": \"0\"")]
    public async Task An_odd_answer_to_a_push_confirms_nothing(string text, string odd)
    {
        var a = NewDevice();
        a.Import(Talk);
        a.Cloud.Answer = answer => answer.Replace(text, odd, StringComparison.Ordinal);
        Assert.Equal("BadAnswer", (await Assert.ThrowsAsync<CogCommitException>(() => a.PushAsync())).ErrorId);
        Assert.Equal(32, a.Pending());
        a.Cloud.Answer = null;
        await a.PushAsync();
        await AssertSameEverywhereAsync(a);
    }

    private static List<string> Everything(Device device) => [.. Rows(device), device.Scalar<string>("select cursor_push_id from sync_state")!];

    private static async Task<(int Requests, int Failed)> AgainAsync(Device device)
    {
        var again = await device.SyncAsync();
        return (again.Requests, again.Failed);
    }

    private static CloudUnreachableException Unreachable(Device device) => new(device.Cloud.Url, "The cable is out.");
}
