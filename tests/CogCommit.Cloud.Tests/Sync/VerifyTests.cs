using CogCommit.Core.Rows;
using CogCommit.Core.Store;

namespace CogCommit.Cloud.Tests.Sync;

/// <summary>Holes made by hand, on either side, in every table: -Verify finds them, heals them, and says how many commits it healed.</summary>
public class VerifyTests(SyncDatabase database) : SyncTests(database)
{
    private const string Picture = "0f0e0d0c-0000-4000-8000-000000000001";
    private static readonly Talk One = Talk.Of("one", "do it", "done", "more", "done too") with { Cuts = [2] };
    private static readonly Talk Two = Talk.Of("two", "x", "y");

    [Theory]
    [InlineData("delete from turns where content = 'do it'", 1)]
    [InlineData("delete from turns", 3)]
    [InlineData("delete from sessions where agent_session_id = 'two'", 1)]
    [InlineData("delete from sessions", 3)]
    [InlineData("delete from cognitive_commits where agent_session_id = 'two'", 1)]
    [InlineData("delete from cognitive_commits", 3)]
    [InlineData("delete from visuals", 1)]
    [InlineData("update turns set rev = '', hash = ''", 3)]
    [InlineData("update turns set content = 'somebody else' where content = 'do it'", 1)]
    [InlineData("update turns set ordinal = ordinal + 1, timestamp = 'no time' where content = 'x'", 1)]
    [InlineData("update turns set session_id = (select s.id from sessions s where s.agent_session_id = 'two') where content = 'done too'", 2)]
    [InlineData("update sessions set ended_at = started_at, agent_session_id = 'other' where agent_session_id = 'two'", 1)]
    [InlineData("update sessions set commit_id = (select c.id from cognitive_commits c where c.agent_session_id = 'two') where agent_session_id = 'one'", 3)]
    [InlineData("update cognitive_commits set git_hash = 'ffffff0', files_read = '[]', derived_title = '' where agent_session_id = 'two'", 1)]
    [InlineData("update cognitive_commits set title = 'somebody else' where title = 'mine'", 1)]
    [InlineData("update cognitive_commits set title = null, title_set = 0, hidden = 1, project_set = 'x', curated_hash = 'x' where title = 'mine'", 1)]
    [InlineData("update cognitive_commits set deleted_at = '2026-01-01T00:00:00.000000Z' where agent_session_id = 'two'", 1)]
    public async Task What_is_wrong_in_the_store_is_healed(string sql, int commits)
    {
        var (a, b) = await BothAsync();
        var before = Rows(a);
        a.Store.Write(transaction => transaction.Execute(sql));
        Assert.NotEqual(before, Rows(a));
        Assert.Equal(0, (await a.SyncAsync()).Repaired);
        Assert.Equal(commits, (await a.SyncAsync(verify: true)).Repaired);
        Assert.Equal(before, Rows(a));
        await b.SyncAsync();
        await AssertSameEverywhereAsync(a, b);
        Assert.Equal(0, (await a.SyncAsync(verify: true)).Repaired);
    }

    [Theory]
    [InlineData("delete from public.turns where user_id = $1 and content = 'do it'", 1)]
    [InlineData("delete from public.turns where user_id = $1", 3)]
    [InlineData("delete from public.sessions where user_id = $1 and agent_session_id = 'two'", 1)]
    [InlineData("delete from public.cognitive_commits where user_id = $1 and agent_session_id = 'two'", 1)]
    [InlineData("delete from public.cognitive_commits where user_id = $1", 3)]
    [InlineData("delete from public.visuals where user_id = $1", 1)]
    [InlineData("update public.turns set content = 'somebody else', rev = '', hash = 'x' where user_id = $1 and content = 'do it'", 1)]
    [InlineData("update public.sessions set ended_at = started_at, rev = '', hash = 'x' where user_id = $1 and agent_session_id = 'two'", 1)]
    [InlineData("update public.cognitive_commits set git_hash = 'ffffff0', rev = '', hash = 'x' where user_id = $1 and agent_session_id = 'two'", 1)]
    [InlineData("update public.cognitive_commits set title = 'somebody else', version = 0, curated_hash = 'x' where user_id = $1 and title = 'mine'", 1)]
    [InlineData("update public.cognitive_commits set title = null, title_set = false, version = null, updated_at = null, curated_hash = null where user_id = $1 and title = 'mine'", 1)]
    public async Task What_is_wrong_in_the_cloud_is_healed(string sql, int commits)
    {
        var (a, b) = await BothAsync();
        var before = Rows(a);
        await Database.Database.ScalarAsync(sql, User.Id);
        Assert.Equal(0, (await a.SyncAsync()).Repaired);
        Assert.Equal(commits, (await a.SyncAsync(verify: true)).Repaired);
        Assert.Equal(before, Rows(a));
        await b.SyncAsync();
        await AssertSameEverywhereAsync(a, b);
        Assert.Equal(0, (await b.SyncAsync(verify: true)).Repaired);
        Assert.Equal(before, Rows(b));
    }

    [Fact]
    public async Task Holes_on_both_sides_at_once_are_healed_from_whichever_side_has_it()
    {
        var (a, b) = await BothAsync();
        var before = Rows(a);
        a.Store.Write(transaction => transaction.Execute("delete from turns where content = 'do it'"));
        await Database.Database.ScalarAsync("delete from public.turns where user_id = $1 and content = 'done'", User.Id);
        Assert.Equal(1, (await a.SyncAsync(verify: true)).Repaired);
        Assert.Equal(before, Rows(a));
        await b.SyncAsync();
        await AssertSameEverywhereAsync(a, b);
    }

    [Fact]
    public async Task What_the_cloud_lost_and_the_store_has_changed_is_at_least_not_lost_here()
    {
        var (a, _) = await BothAsync();
        a.Store.Write(transaction => transaction.Execute("update turns set content = 'all that is left' where content = 'do it'"));
        await Database.Database.ScalarAsync("delete from public.cognitive_commits where user_id = $1", User.Id);
        await a.SyncAsync(verify: true);
        Assert.Equal("all that is left", await Database.Database.ScalarAsync("select content from public.turns where user_id = $1 and content like 'all%'", User.Id));
        Assert.Equal(0, a.Scalar<long>("select count(*) from turns where rev = ''"));
    }

    [Fact]
    public async Task What_was_pruned_here_and_what_was_deleted_is_left_alone()
    {
        var (a, b) = await BothAsync();
        var (pruned, deleted) = (Device.CommitsOf(One)[0], Device.CommitsOf(Two)[0]);
        Pruning.Prune(a.Store, [pruned], force: false);
        b.Delete(deleted);
        await b.SyncAsync();
        await a.SyncAsync();
        foreach (var device in new[] { a, b })
        {
            device.Store.Write(transaction => transaction.Execute("delete from turns where content = 'more'"));
            Assert.Equal(1, (await device.SyncAsync(verify: true)).Repaired);
            Assert.Equal(1, device.Scalar<long>("select count(deleted_at) from cognitive_commits"));
        }

        Assert.Equal(0, a.Scalar<long>("select count(*) from cognitive_commits where id = $id", ("$id", pruned)));
        Assert.Equal(1, a.Count("pruned_commits"));
    }

    [Fact]
    public async Task What_waits_for_a_push_is_no_damage()
    {
        var (a, b) = await BothAsync();
        a.Edit(Device.CommitsOf(Two)[0], "an edit");
        a.Import(Talk.Of("three", "p"));
        Assert.Equal(0, (await a.SyncAsync(verify: true)).Repaired);
        await b.SyncAsync();
        await AssertSameEverywhereAsync(a, b);
    }

    private async Task<(Device A, Device B)> BothAsync()
    {
        var (a, b) = (NewDevice(), NewDevice());
        a.Import(One);
        a.Import(Two);
        // Without tool calls, whose hash only the machine that captured them can make again.
        a.Store.Write(transaction => Plain(transaction));
        a.Store.Write(transaction => Draw(transaction, Device.CommitsOf(Two)[0]));
        a.Edit(Device.CommitsOf(One)[1], "mine");
        await a.SyncAsync();
        await b.SyncAsync();
        await AssertSameEverywhereAsync(a, b);
        return (a, b);
    }

    private static void Plain(WriteTransaction transaction)
    {
        foreach (var talk in new[] { One, Two })
        {
            for (var n = 1; n < talk.Turns.Count; n += 2)
            {
                var id = Device.TurnId(talk, n);
                var session = (string)transaction.Prepare("select session_id from turns where id = $id").With("$id", id).ExecuteScalar()!;
                transaction.Execute("update turns set tool_calls = null, hash = $hash where id = $id", ("$id", id), ("$hash", CapturedHash.Of(new CapturedTurn
                {
                    Id = id,
                    SessionId = session,
                    Ordinal = n,
                    Role = "assistant",
                    Content = talk.Turns[n],
                    Timestamp = talk.Start.AddMinutes(n),
                    Model = "model-1",
                    Usage = new TokenUsage(1, 2, 3, 4),
                })));
            }
        }
    }

    private static void Draw(WriteTransaction transaction, string commitId) => transaction.Execute(
        """
        insert into visuals (id, commit_id, type, mime, content_hash, byte_size, captured_at, rev, hash, updated_at, change_seq)
        values ($id, $commit, 'image', 'image/png', $content, 3, '2026-01-01T09:00:00.000000Z', '1', 'h', '2026-01-01T09:00:00.000000Z', $change)
        """,
        ("$id", Picture),
        ("$commit", commitId),
        ("$content", new string('0', 64)),
        ("$change", transaction.NextChange()));
}
