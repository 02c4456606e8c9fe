using System.Globalization;
using System.Text.Json.Nodes;
using CogCommit.Testing;
using Npgsql;
using static CogCommit.Cloud.Tests.Sql.Batch;

namespace CogCommit.Cloud.Tests.Sql;

/// <summary>Two devices of one user push at once, in two sessions of a real database, while a third pulls.</summary>
public sealed class AtOnceTests(PostgresFixture postgres) : SqlTests(postgres)
{
    private const int Rounds = 500;

    [Fact]
    public async Task Two_push_at_once_500_times_and_who_pulls_between_sees_whole_pushes_and_skips_nothing()
    {
        var user = await Cloud.AddUserAsync();
        var (commit, session, _, first) = Whole();
        await user.PushAsync(first);
        await Cloud.ScalarAsync("update user_quotas set commit_limit = 1000000 where user_id = $1", user.Id);

        // By seq: the turns that this push alone wrote.
        var written = new Dictionary<long, string[]>();
        var puller = new Puller(user);
        var between = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var (one, other) = (Next(round, 1), Next(round, 2));
            var (answers, seen) = (Task.WhenAll(user.PushAsync(one), user.PushAsync(other)), puller.PullAsync(round % 3 * 2_000));
            foreach (var (batch, answer) in new[] { one, other }.Zip(await answers))
            {
                var seq = (long)answer["seq"]!;
                Assert.Equal(seq - 1, (long)answer["before"]!);
                Assert.True(written.TryAdd(seq, [.. batch["turns"]!.AsArray().Skip(1).Select(turn => (string)turn!["id"]!)]), $"Two pushes are number {seq}.");
            }

            var (low, high, turns) = await seen;
            between += high > low ? 1 : 0;
            AssertWhole(low, high, turns, written);
        }

        Assert.Equal(Enumerable.Range(2, Rounds * 2).Select(seq => (long)seq), written.Keys.Order());
        while (await puller.PullAsync(100_000) is var (low, high, turns) && high > low)
        {
            AssertWhole(low, high, turns, written);
        }

        await puller.AssertHasEverythingAsync();
        Assert.Equal($"{1 + Rounds * 2}|{1 + Rounds * 2}|{1 + Rounds * 2}", await Cloud.ScalarAsync(
            "select count(*) || '|' || max(p.seq) || '|' || max(h.seq) from sync_pushes p join sync_heads h using (user_id) where user_id = $1", user.Id));
        Assert.True(between > Rounds / 10, $"Only {between} pages had anything in them.");
        Figures.Record("concurrent pushes with a pull between", Rounds);

        // Both write the same commit, session and turn, each time anew, and rows of their own.
        JsonObject Next(int round, int device)
        {
            var rev = string.Create(CultureInfo.InvariantCulture, $"{round:d4}");
            var (ownCommit, ownSession) = (NewId(), NewId());
            return Of(
                Turn(first["turns"]![0]!["id"]!.GetValue<string>(), session, $"{round} of {device}", rev, $"{device}"),
                Turn(NewId(), session, "own"), Turn(NewId(), ownSession, "own"),
                Session(ownSession, ownCommit), Session(session, commit, rev, $"{device}"),
                Commit(ownCommit, Captured(), Curated()), Commit(commit, Captured(rev, $"{device}"), Curated(round + 2, hash: $"{device}")));
        }
    }

    [Fact]
    public async Task A_push_waits_for_the_one_before_it_and_who_pulls_meanwhile_neither_waits_nor_sees_half_of_it()
    {
        var user = await Cloud.AddUserAsync();
        await user.PushAsync(Whole().Batch);
        var (one, other) = (Whole(), Whole());
        var (answer, waiting) = await Cloud.ActAsync("authenticated", user.Claims, async connection =>
        {
            var text = await CloudDatabase.ScalarAsync(connection, "select public.cogcommit_push($1)::text", one.Batch);
            var second = user.PushAsync(other.Batch);
            await AssertComesToWaitAsync(connection);
            Assert.False(second.IsCompleted);

            var page = await user.PullAsync();
            Assert.Equal(1, (long)page["cursor"]!["seq"]!);
            Assert.Null(page.Row("turns", one.Turn));
            return (JsonNode.Parse(text!)!, second);
        });

        Assert.Equal((1, 2), ((int)answer["before"]!, (int)answer["seq"]!));
        var then = await waiting;
        Assert.Equal((2, 3), ((int)then["before"]!, (int)then["seq"]!));
        Assert.Equal((string?)answer["push_id"], (string?)then["before_push_id"]);
        Assert.Equal(3, (await user.PullAsync())["turns"]!.AsArray().Count);
    }

    private async Task AssertComesToWaitAsync(NpgsqlConnection holder)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await Cloud.ScalarAsync("select $1 = any (pg_blocking_pids(pid)) from pg_stat_activity where datname = current_database() and cardinality(pg_blocking_pids(pid)) > 0", holder.ProcessID) != "True")
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>All turns of the pushes that the cursor moved past, and none of any other.</summary>
    private static void AssertWhole(long low, long high, HashSet<string> turns, Dictionary<long, string[]> written)
    {
        foreach (var (seq, own) in written)
        {
            Assert.Equal(seq > low && seq <= high ? own.Length : 0, own.Count(turns.Contains));
        }
    }

    /// <summary>A device that follows the cursor and keeps the last that it saw of each row.</summary>
    private sealed class Puller(CloudUserSession user)
    {
        private static readonly string[] Kinds = ["commits", "sessions", "turns", "visuals"];

        private readonly Dictionary<(string Kind, string Id), string> rows = [];
        private JsonNode? cursor;

        public async Task<(long Low, long High, HashSet<string> Turns)> PullAsync(int maxBytes)
        {
            var page = await user.PullAsync(cursor, maxBytes);
            Assert.True((bool)page["known"]!);
            var low = (long?)cursor?["seq"] ?? 0;
            cursor = page["cursor"]!.DeepClone();
            Keep(page, rows);
            return (low, (long)cursor["seq"]!, [.. page["turns"]!.AsArray().Select(turn => (string)turn!["id"]!)]);
        }

        public async Task AssertHasEverythingAsync()
        {
            var all = new Dictionary<(string Kind, string Id), string>();
            Keep(await user.PullAsync(null, int.MaxValue), all);
            Assert.Equal(all.OrderBy(row => row.Key), rows.OrderBy(row => row.Key));
        }

        private static void Keep(JsonObject page, Dictionary<(string Kind, string Id), string> to)
        {
            foreach (var kind in Kinds)
            {
                foreach (var row in page[kind]!.AsArray())
                {
                    to[(kind, (string)row!["id"]!)] = row.ToJsonString();
                }
            }
        }
    }
}
