using System.Text.Json.Nodes;
using CogCommit.Cloud.Tests.Sql;
using static CogCommit.Cloud.Tests.Sql.Batch;

namespace CogCommit.Cloud.Tests.Attacks;

/// <summary>Another's ids in a batch of one's own. An id that somebody has is answered as one that nobody has.</summary>
public sealed class ForeignIdTests(PostgresFixture postgres) : AttackTests(postgres)
{
    [Theory]
    [InlineData("local")]
    [InlineData("cloud")]
    [InlineData("not yet synced")]
    public async Task Another_s_ids_as_rows_or_as_parents_are_answered_as_unknown_ones_byte_for_byte(string which)
    {
        var theirs = which == "not yet synced" ? Honest.New(VictimSession.Id) : Victim;
        string[] ids = [theirs.Commit, theirs.Session, theirs.Turn, theirs.Visual];
        if (which == "cloud")
        {
            ids = [.. await Task.WhenAll(ids.Select(CloudIdAsync))];
        }

        foreach (var (name, variant) in Variants)
        {
            var unknown = ids.Select(_ => NewId()).ToArray();
            var (foreign, other) = (await NewAttackerAsync(), await NewAttackerAsync());
            var pushId = NewId();
            // Each twice: what the first push stored is met by the second.
            for (var time = 1; time <= 2; time++)
            {
                var told = await PushAsync(With(variant(ids), pushId), foreign);
                var control = await PushAsync(With(variant(unknown), pushId), other);
                Assert.Equal(Anonymous(control, [.. unknown.Zip(ids)]), Anonymous(told));
                Assert.True(name.StartsWith("own", StringComparison.Ordinal) || !told.ToJsonString().Contains("accepted", StringComparison.Ordinal) || time == 2, name);
            }

            Victim.AssertNotIn((await foreign.PullAsync()).ToJsonString(), name);
        }

        if (which == "not yet synced")
        {
            // Their rows come afterwards, and meet nothing of the attackers'.
            var later = await Cloud.AddUserAsync();
            var answer = await later.PushAsync(theirs.Everything());
            Assert.DoesNotContain("lost", answer.ToJsonString(), StringComparison.Ordinal);
            Assert.Equal("accepted", answer.Status("turns", theirs.Turn));
            await Cloud.ScalarAsync("delete from auth.users where id = $1", later.Id);
            await Cloud.ScalarAsync("delete from realtime.messages where topic = 'user:' || $1", later.Id.ToString());
        }
    }

    [Fact]
    public async Task The_same_transcripts_of_two_users_never_meet()
    {
        var batch = Victim.Everything();
        Assert.Equal("accepted", (await Attacker.PushAsync(batch)).Status("turns", Victim.Turn));
        // The text is the attacker's own now; only its owner's id must not be told.
        var page = (await Attacker.PullAsync()).ToJsonString();
        Assert.Contains(Victim.Secret, page, StringComparison.Ordinal);
        Assert.DoesNotContain(Victim.UserId.ToString(), page, StringComparison.Ordinal);
        Tried(null, "twins");

        batch["commits"]![0]!["curated"] = Curated(1 << 30, hash: "z", but: row => (row["title"], row["hidden"], row["deleted_at"]) = ("hijacked", true, "2026-02-12T00:00:00.000000Z"));
        batch["turns"]![0]!["rev"] = "~";
        batch["turns"]![0]!["content"] = "hijacked";
        await Attacker.PushAsync(batch);
        Tried(null, "twins, overwritten");
    }

    [Fact]
    public async Task Should_two_users_cloud_ids_ever_be_the_same_the_second_gets_neither_the_row_nor_a_word_of_it()
    {
        // 122 bits of SHA-1 keep them apart; should they not, every statement asks for the user as well. Made by hand, since nobody can:
        // the honest rows get the ids that the attacker's local ids have.
        var ids = new[] { NewId(), NewId(), NewId(), NewId() };
        var third = await NewAttackerAsync();
        var theirs = Honest.New(third.Id);
        await third.PushAsync(theirs.Everything());
        var sql = "alter table public.%1$s drop constraint %1$s_%2$s_user_id_fkey";
        await Cloud.ScalarAsync($"do $$ begin execute format('{sql}', 'sessions', 'commit_id'); execute format('{sql}', 'turns', 'session_id'); execute format('{sql}', 'visuals', 'commit_id'); end $$");
        foreach (var (table, id, local) in new[] { ("cognitive_commits", ids[0], theirs.Commit), ("sessions", ids[1], theirs.Session), ("turns", ids[2], theirs.Turn), ("visuals", ids[3], theirs.Visual) })
        {
            await Cloud.ScalarAsync($"update public.{table} set id = cogcommit.cloud_id($1, $2::text::uuid) where user_id = $3 and local_id::text = $4", Attacker.Id, id, third.Id, local);
        }

        await Cloud.ScalarAsync("update public.sessions set commit_id = cogcommit.cloud_id($1, $2::text::uuid) where user_id = $3", Attacker.Id, ids[0], third.Id);
        await Cloud.ScalarAsync("update public.visuals set commit_id = cogcommit.cloud_id($1, $2::text::uuid) where user_id = $3", Attacker.Id, ids[0], third.Id);
        await Cloud.ScalarAsync("update public.turns set session_id = cogcommit.cloud_id($1, $2::text::uuid) where user_id = $3", Attacker.Id, ids[1], third.Id);
        var before = await Standing.OfAsync(Cloud.Source, third.Id);

        foreach (var (name, variant) in Variants)
        {
            try
            {
                var answer = await Attacker.PushAsync(With(variant(ids), NewId()));
                theirs.AssertNotIn(answer.ToJsonString(), name);
                theirs.AssertNotIn((await Attacker.PullAsync()).ToJsonString(), name);
            }
            catch (Npgsql.PostgresException e)
            {
                theirs.AssertNotIn(e.ToString(), name);
            }

            Tried(null, name);
            Assert.Equal(before, await Standing.OfAsync(Cloud.Source, third.Id));
        }
    }

    /// <summary>Of the ids of a commit, a session, a turn and a visual: a batch that names them. "own…": as a new row of the attacker's, which is theirs to make.</summary>
    private static IEnumerable<(string Name, Func<string[], JsonObject> Batch)> Variants =>
    [
        ("own commit under this id", ids => Of(Commit(ids[0], Captured(), Curated()))),
        ("own commit that wins everything", ids => Of(Commit(ids[0], Captured("~", "~"), Curated(1 << 30, "9999-01-01T00:00:00.000000Z", "~")))),
        ("own tree under these ids", ids => Of(Commit(ids[0], Captured(), Curated()), Session(ids[1], ids[0]), Turn(ids[2], ids[1]), Visual(ids[3], ids[0]))),
        ("curated half alone", ids => Of(Commit(ids[0], curated: Curated(1 << 30)))),
        ("deletion alone", ids => Of(Commit(ids[0], curated: Curated(1 << 30, but: row => row["deleted_at"] = "2026-02-12T00:00:00.000000Z")))),
        ("commit without halves", ids => Of(Commit(ids[0]))),
        ("a session below that commit", ids => Of(Session("00000000-0000-4000-8000-0000000000a1", ids[0]))),
        ("that session below that commit", ids => Of(Session(ids[1], ids[0], "~"))),
        ("a turn below that session", ids => Of(Turn("00000000-0000-4000-8000-0000000000a2", ids[1]))),
        ("that turn below that session", ids => Of(Turn(ids[2], ids[1], rev: "~"))),
        ("a visual below that commit", ids => Of(Visual("00000000-0000-4000-8000-0000000000a3", ids[0]))),
        ("that visual below that commit", ids => Of(Visual(ids[3], ids[0], 1 << 30))),
        ("that visual deleted", ids => Of(Visual(ids[3], ids[0], 1 << 30, but: row => row["deleted_at"] = "2026-02-12T00:00:00.000000Z"))),
        ("own visual of that turn", ids => Of(
            Commit("00000000-0000-4000-8000-0000000000b1", Captured()), Visual("00000000-0000-4000-8000-0000000000b2", "00000000-0000-4000-8000-0000000000b1", but: row => row["turn_id"] = ids[2]))),
        ("own session of mine moved below that commit", ids => Of(
            Commit("00000000-0000-4000-8000-0000000000c1", Captured()), Session("00000000-0000-4000-8000-0000000000c2", "00000000-0000-4000-8000-0000000000c1"),
            Session("00000000-0000-4000-8000-0000000000c2", ids[0], "~"))),
        ("own turn of mine, closed after that turn", ids => Of(Commit("00000000-0000-4000-8000-0000000000d1", Captured(but: row => (row["closed_by"], row["closed_after"]) = ("explicit", ids[2]))))),
        ("kinds mixed up", ids => Of(Session(ids[0], ids[1]), Turn(ids[1], ids[0]), Visual(ids[2], ids[3]))),
        ("upper case", ids => Of(Session("00000000-0000-4000-8000-0000000000e1", ids[0].ToUpperInvariant()), Turn(ids[2].ToUpperInvariant(), ids[1]))),
    ];

    private static JsonObject With(JsonObject batch, string pushId)
    {
        batch["push_id"] = pushId;
        return batch;
    }

    private async Task<string> CloudIdAsync(string local) =>
        (await Cloud.ScalarAsync("select cogcommit.cloud_id($1, $2::text::uuid)", VictimSession.Id, local))!;
}
