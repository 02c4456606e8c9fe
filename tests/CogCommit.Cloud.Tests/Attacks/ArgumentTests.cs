using System.Text.Json.Nodes;
using CogCommit.Cloud.Tests.Sql;

namespace CogCommit.Cloud.Tests.Attacks;

/// <summary>The arguments of pull and digest, and the functions inside of them: another's place in them is nobody's place.</summary>
public sealed class ArgumentTests(PostgresFixture postgres) : AttackTests(postgres)
{
    [Fact]
    public async Task Another_s_cursor_is_as_unknown_as_one_that_nobody_has()
    {
        var theirs = (await VictimSession.PullAsync())["cursor"]!;
        await Attacker.PushAsync(Batch.Whole().Batch);
        var (seq, push) = ((long)theirs["seq"]!, (string)theirs["push_id"]!);
        foreach (var (place, id) in new[] { (seq, push), (seq, push.ToUpperInvariant()), (seq + 1, push), (0L, push), (long.MaxValue / 100, push) })
        {
            var told = await Attacker.PullAsync(new JsonObject { ["seq"] = place, ["push_id"] = id });
            var control = await Attacker.PullAsync(new JsonObject { ["seq"] = place, ["push_id"] = Batch.NewId() });
            Assert.Equal(Anonymous(control), Anonymous(told));
            Assert.False((bool)told["known"]!);
            Tried(told.ToJsonString(), "cursor");
        }

        // As a push of one's own: not refused as a repeated one, and nothing of theirs comes back.
        var (_, _, turn, batch) = Batch.Whole();
        batch["push_id"] = push;
        var answer = await PushAsync(batch);
        Assert.Equal("accepted", answer.Status("turns", turn));
        Assert.Equal((1, 2), ((int)answer["before"]!, (int)answer["seq"]!));
    }

    [Theory]
    [InlineData("null", "0")]
    [InlineData("null", "-1")]
    [InlineData("null", "-2147483648")]
    [InlineData("null", "2147483647")]
    [InlineData("null", "null")]
    [InlineData("'null'", "1")]
    [InlineData("'{}'", "1")]
    [InlineData("'[]'", "1")]
    [InlineData("'[[]]'", "1")]
    [InlineData("'1'", "1")]
    [InlineData("'true'", "1")]
    [InlineData("'\"x\"'", "1")]
    [InlineData("'{\"seq\": null}'", "1")]
    [InlineData("'{\"seq\": \"1\", \"push_id\": null}'", "1")]
    [InlineData("'{\"seq\": -1}'", "1")]
    [InlineData("'{\"seq\": 1.5}'", "1")]
    [InlineData("'{\"seq\": 1e131071}'", "1")]
    [InlineData("'{\"seq\": 999999999999999999, \"push_id\": \"x\"}'", "1")]
    [InlineData("'{\"seq\": 9999999999999999999, \"push_id\": \"x\"}'", "1")]
    [InlineData("'{\"seq\": 1, \"push_id\": [\"x\"]}'", "1")]
    [InlineData("'{\"seq\": {\"$gt\": 0}, \"push_id\": {\"$ne\": null}}'", "1")]
    [InlineData("'{\"seq\": 1, \"push_id\": \"'' or true --\"}'", "1")]
    [InlineData("'{\"seq\": 1, \"push_id\": \"%\"}'", "1")]
    [InlineData("'{\"seq\": 1, \"push_id\": \"00000000-0000-0000-0000-000000000000\", \"user_id\": \"@victim\"}'", "1")]
    public async Task Pull_answers_every_cursor_with_one_s_own_rows_or_with_words(string cursor, string maxBytes)
    {
        var answer = await TryAsync($"select public.cogcommit_pull({cursor.Replace("@victim", Victim.UserId.ToString(), StringComparison.Ordinal)}, {maxBytes})::text");
        Assert.True(answer[0] == '{' || answer.StartsWith("22023", StringComparison.Ordinal), answer);
    }

    [Theory]
    [InlineData("null, 0")]
    [InlineData("null, -1")]
    [InlineData("null, 2147483647")]
    [InlineData("null, null")]
    [InlineData("'', 1")]
    [InlineData("'x', 1")]
    [InlineData("'00000000-0000-0000-0000-000000000000', 1000")]
    [InlineData("'ffffffff-ffff-ffff-ffff-ffffffffffff', 1")]
    [InlineData("'00000000-0000-0000-0000-00000000000A', 1")]
    [InlineData("' 00000000-0000-0000-0000-000000000000', 1")]
    [InlineData("'00000000-0000-0000-0000-000000000000'' or true --', 1")]
    public async Task Digest_answers_every_place_with_one_s_own_commits_or_with_words(string arguments)
    {
        var answer = await TryAsync($"select public.cogcommit_digest({arguments})::text");
        Assert.DoesNotContain(Victim.Commit, answer, StringComparison.Ordinal);
        Assert.True(answer[0] == '{' || answer.StartsWith("22023", StringComparison.Ordinal), answer);
    }

    [Theory]
    [InlineData("select cogcommit.wire_quota($1)::text")]
    [InlineData("select cogcommit.wire_commit(c, 'm')::text from public.cognitive_commits c where c.user_id = $1")]
    [InlineData("select cogcommit.wire_turn(t, t.local_id)::text from public.turns t where t.user_id = $1")]
    [InlineData("select string_agg(v::text, '') from public.visuals v where v.user_id = $1 or true")]
    [InlineData("select string_agg(s::text, '') from public.sessions s right join public.cognitive_commits c on true where $1::uuid is not null")]
    [InlineData("with recursive x as (select s.* from public.sync_pushes s where s.user_id = $1 union all select s.* from x join public.sync_pushes s on s.seq = x.seq) select string_agg(x::text, '') from x")]
    [InlineData("select string_agg(h::text, '') from public.sync_heads h where 1 / (case when h.user_id = $1 then 0 else 1 end) = 1")]
    [InlineData("select string_agg(t::text, '') from public.turns t where (case when t.user_id = $1 then t.content::int else 1 end) = 1")]
    [InlineData("select string_agg(p::text, '') from public.user_profiles p where p.id = $1")]
    [InlineData("select max(q.commit_limit)::text from public.user_quotas q where q.user_id = $1")]
    [InlineData("select string_agg(o::text, '') from storage.objects o where position($1::text in o.name) > 0")]
    [InlineData("select string_agg(most_common_vals::text, '') from pg_stats where schemaname = 'public' and $1::uuid is not null")]
    public async Task Whatever_a_query_asks_of_another_s_rows_there_are_none(string sql) => Assert.Equal("null", await TryAsync(sql, Victim.UserId));
}
