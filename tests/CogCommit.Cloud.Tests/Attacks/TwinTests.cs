using CogCommit.Cloud.Tests.Sql;
using static CogCommit.Cloud.Tests.Sql.Batch;

namespace CogCommit.Cloud.Tests.Attacks;

/// <summary>Users with the same transcripts, and so with the same local ids, whose pushes run at the same time.</summary>
public sealed class TwinTests(PostgresFixture postgres) : AttackTests(postgres)
{
    [Fact]
    public async Task Who_pushes_waits_for_nobody_else_who_pushes_the_same_and_each_has_their_own()
    {
        for (var round = 0; round < 20; round++)
        {
            var (one, other) = (await NewAttackerAsync(), await NewAttackerAsync());
            var (commit, _, turn, batch) = Whole();
            batch["visuals"]!.AsArray().Add(Visual(NewId(), commit).Row);
            // Not one after the other by chance: the first stands inside its transaction until the second has ended its own.
            await Cloud.ActAsync("authenticated", one.Claims, async connection =>
            {
                await CloudDatabase.ScalarAsync(connection, "set local lock_timeout = '5s'");
                await CloudDatabase.ScalarAsync(connection, "select public.cogcommit_push($1)::text", batch);
                Assert.Equal("accepted", (await PushAsync(batch, other)).Status("turns", turn));
                return 0;
            });

            foreach (var user in new[] { one, other })
            {
                var page = await user.PullAsync();
                Assert.Equal(turn, (string?)Assert.Single(page["turns"]!.AsArray())!["id"]);
                Assert.Single(page["commits"]!.AsArray());
                Assert.StartsWith($"{user.Id}/", (string?)page["visuals"]![0]!["path"], StringComparison.Ordinal);
                Victim.AssertNotIn(page.ToJsonString(), "twin");
            }
        }
    }

    [Fact]
    public async Task Eight_at_once_on_the_same_ids_as_the_honest_user_leave_each_exactly_what_is_theirs()
    {
        var users = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => NewAttackerAsync()));
        var mine = users.ToDictionary(user => user, user => Honest.New(user.Id) with { Commit = Victim.Commit, Session = Victim.Session, Turn = Victim.Turn, Visual = Victim.Visual });
        using var start = new Barrier(users.Length);
        await Task.WhenAll(users.Select(user => Task.Run(async () =>
        {
            start.SignalAndWait(TestContext.Current.CancellationToken);
            for (var push = 0; push < 10; push++)
            {
                var batch = mine[user].Everything();
                batch["turns"]![0]!["rev"] = push.ToString("D3", System.Globalization.CultureInfo.InvariantCulture);
                await PushAsync(batch, user);
            }
        })));
        foreach (var user in users)
        {
            var page = (await user.PullAsync()).ToJsonString();
            Assert.Contains(mine[user].Secret, page, StringComparison.Ordinal);
            Victim.AssertNotIn(page, "eight");
            Assert.All(users.Where(other => other != user), other => mine[other].AssertNotIn(page, "eight"));
        }

        Assert.Equal("0", await Cloud.ScalarAsync("select count(*) from public.turns t join public.sessions s on s.id = t.session_id where s.user_id <> t.user_id"));
    }
}
