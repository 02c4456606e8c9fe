using System.Text.Json.Nodes;
using CogCommit.Cloud.Tests.Sql;
using Npgsql;
using NpgsqlTypes;
using static CogCommit.Cloud.Tests.Sql.Batch;

namespace CogCommit.Cloud.Tests.Attacks;

/// <summary>Every field of every kind of row, with every wrong thing in it.</summary>
public sealed class WrongTypeTests(PostgresFixture postgres) : AttackTests(postgres)
{
    /// <summary>As JSON text, since some of it no JSON library would write.</summary>
    private static readonly string[] Values =
    [
        "null", "true", "false", "0", "-1", "1.5", "1.0", "-0", "1e2", "2147483648", "-2147483649", "9223372036854775808", "1e400", "1e131071", "0e-16383", "1e-16383", "99999999999999999999999999999999",
        "\"\"", "\"x\"", "\"null\"", "\"true\"", "\"1\"", "\"infinity\"", "\"-infinity\"", "\"now\"", "\"epoch\"", "\"0000-00-00T00:00:00Z\"", "\"2026-02-30T00:00:00Z\"", "\"294276-12-31T00:00:00Z\"",
        "\"00000000-0000-0000-0000-000000000000\"", "\"{00000000-0000-4000-8000-000000000000}\"", "\"'; drop table public.turns; --\"", "\"$$; select pg_sleep(100); $$\"", "\"%s%n%I%L\"", "\"\\\\\"", "\"\\u001f\\u0001\"",
        "\"\\ud83d\\ude00\"", "\"\\ufffe\\uffff\"", "[]", "[null]", "[1]", "[\"x\"]", "[[]]", "[{}]", "{}", "{\"id\": 1}", "{\"a\": {\"b\": [{}]}}", "{\"\": null}",
    ];

    private static readonly string[] Larger = [Text(100_000), Deep(300), Deep(3000), "[" + string.Join(',', Enumerable.Repeat("1", 100_000)) + "]"];

    [Theory]
    [InlineData("commits")]
    [InlineData("captured")]
    [InlineData("curated")]
    [InlineData("sessions")]
    [InlineData("turns")]
    [InlineData("visuals")]
    [InlineData("projects")]
    [InlineData("machines")]
    public async Task Whatever_stands_in_a_field_stops_its_own_row_at_most_and_never_the_row_beside_it(string kind)
    {
        foreach (var field in Fields(kind).Append(""))
        {
            // One user per field: no quota is met, and nothing is purged by what was deleted before.
            var user = await NewAttackerAsync();
            await Cloud.ScalarAsync("select cogcommit.lock_head($1)::text", user.Id);
            await Cloud.ScalarAsync("update public.user_quotas set commit_limit = 1000000, storage_limit_bytes = 1000000000 where user_id = $1", user.Id);
            // All in one push, each in a row of its own; where that raises, one by one, to say which it was.
            string[] values = [.. Values, .. Larger];
            if (!await IsTakenAsync(values))
            {
                foreach (var value in values)
                {
                    Assert.True(await IsTakenAsync(value), $"{kind}.{field} = {value[..Math.Min(value.Length, 60)]}");
                }

                Assert.Fail($"{kind}.{field}: each alone, but not all together");
            }

            async Task<bool> IsTakenAsync(params string[] wrong)
            {
                var (batch, beside) = BatchWith(kind, field, wrong);
                var answer = await PushTextAsync(user, batch, wrong.Length);
                return answer[0] == '{' && JsonNode.Parse(answer)!.AsObject().Status("turns", beside) == "accepted";
            }

            var page = await TryAsync(user, "select public.cogcommit_pull(null, 16777216)::text");
            Assert.StartsWith("{", page, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("protocol")]
    [InlineData("push_id")]
    [InlineData("machine")]
    [InlineData("machines")]
    [InlineData("projects")]
    [InlineData("commits")]
    [InlineData("sessions")]
    [InlineData("turns")]
    [InlineData("visuals")]
    public async Task Whatever_stands_in_the_envelope_is_taken_or_refused_in_words(string field)
    {
        foreach (var value in Values.Concat(Larger))
        {
            var batch = Of();
            batch.Remove(field);
            var answer = await PushTextAsync(Attacker, batch.ToJsonString()[..^1] + $",\"{field}\":{value}}}");
            Assert.True(answer[0] == '{' || answer[..5] is "22023" or "PT413", $"{field} = {value[..Math.Min(value.Length, 60)]}: {answer}");
        }
    }

    [Fact]
    public async Task What_is_no_batch_at_all_is_refused()
    {
        foreach (var batch in Values.Concat(Larger).Where(value => value is not "{}"))
        {
            Assert.StartsWith("22023", await PushTextAsync(Attacker, batch), StringComparison.Ordinal);
        }

        // What jsonb itself cannot hold.
        foreach (var (batch, state) in new[]
        {
            ("{\"protocol\": 1, \"x\": \"\\u0000\"}", "22P05"), ("{\"\\u0000\": 1}", "22P05"), ("{\"protocol\": \"\\ud800\"}", "22P02"), ("{\"protocol\": \"\\udc00\\ud800\"}", "22P02"),
            ("{\"protocol\": 1e131072}", "22003"), ("{\"protocol\": NaN}", "22P02"), ("{\"protocol\": Infinity}", "22P02"), ("{", "22P02"), ("", "22P02"), ("{\"protocol\": 01}", "22P02"), ("{'protocol': 1}", "22P02"),
            (Deep(100_000), "54001"),
        })
        {
            Assert.StartsWith(state, await PushTextAsync(Attacker, batch), StringComparison.Ordinal);
        }

        Assert.Equal("0", await Cloud.ScalarAsync("select count(*) from public.sync_heads where user_id = $1", Attacker.Id));
    }

    [Fact]
    public async Task Of_a_key_that_stands_twice_the_last_one_counts_for_the_check_as_for_the_row()
    {
        var (_, _, turn, batch) = Whole();
        await PushAsync(batch);
        var (commit, session) = ((string)batch["commits"]![0]!["id"]!, (string)batch["sessions"]![0]!["id"]!);
        foreach (var (key, first, last) in new[] { ("rev", "\"2\"", "7"), ("content", "\"fine\"", "{}"), ("role", "\"user\"", "\"root\""), ("session_id", $"\"{session}\"", $"\"{Victim.Session}\""), ("id", $"\"{turn}\"", "1") })
        {
            var row = Turn(turn, session, rev: "2").Row.AsObject();
            row.Remove(key);
            var text = Of().ToJsonString().Replace("\"turns\":[]", $"\"turns\":[{row.ToJsonString()[..^1]},\"{key}\":{first},\"{key}\":{last}}}]", StringComparison.Ordinal);
            var answer = JsonNode.Parse(await PushTextAsync(Attacker, text))!;
            Assert.Contains((string?)answer["results"]!["turns"]![0]!["status"], new[] { "refused", "parent_missing" });
        }

        // A second user_id, protocol or kind changes nothing of who it is.
        var twice = Of(Commit(commit, Captured("2"))).ToJsonString();
        Assert.StartsWith("{", await PushTextAsync(Attacker, twice[..^1] + ",\"commits\":[],\"protocol\":2,\"protocol\":1}"), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Fields(string kind) => Row(kind).Select(field => field.Key);

    private static JsonObject Row(string kind) => kind switch
    {
        "captured" => Captured(but: row => row["bytes"] = 1),
        "curated" => Curated(),
        "commits" => Commit(NewId(), Captured(), Curated()).Row.AsObject(),
        "sessions" => Session(NewId(), NewId()).Row.AsObject(),
        "turns" => Turn(NewId(), NewId()).Row.AsObject(),
        "visuals" => Visual(NewId(), NewId()).Row.AsObject(),
        "projects" => new JsonObject { ["name"] = "p", ["remote_url"] = "https://p.test/" },
        _ => new JsonObject { ["machine_id"] = "m", ["name"] = "n" },
    };

    /// <summary>A batch in which each value stands in that field of a row, or in place of the whole row, and a turn that is right stands beside them.</summary>
    private static (string Batch, string Beside) BatchWith(string kind, string field, string[] values)
    {
        var (_, _, beside, batch) = Whole();
        for (var i = 0; i < values.Length; i++)
        {
            AddTree(batch, kind, field, $"@{i}@");
        }

        return (values.Select((value, i) => (value, i)).Aggregate(batch.ToJsonString(), (text, one) => text.Replace($"\"@{one.i}@\"", one.value, StringComparison.Ordinal)), beside);
    }

    private static void AddTree(JsonObject batch, string kind, string field, string mark)
    {
        var (commit, session) = (NewId(), NewId());
        batch["commits"]!.AsArray().Add(Commit(commit, Captured(), Curated()).Row);
        batch["sessions"]!.AsArray().Add(Session(session, commit).Row);
        batch["turns"]!.AsArray().Add(Turn(NewId(), session).Row);
        batch["visuals"]!.AsArray().Add(Visual(NewId(), commit).Row);
        batch["projects"]!.AsArray().Add(Row("projects"));
        batch["machines"]!.AsArray().Add(Row("machines"));
        var list = batch[kind is "captured" or "curated" ? "commits" : kind]!.AsArray();
        var place = list.Count - 1;
        if (kind is "captured" or "curated")
        {
            list[place]![kind] = Marked(list[place]![kind]!);
        }
        else
        {
            list[place] = Marked(list[place]!);
        }

        JsonNode Marked(JsonNode row)
        {
            if (field.Length == 0)
            {
                return mark;
            }

            var copy = row.DeepClone();
            copy[field] = mark;
            return copy;
        }
    }

    /// <summary>As text, so that what no JSON library would write gets to PostgreSQL.</summary>
    private async Task<string> PushTextAsync(CloudUserSession user, string batch, int variants = 1)
    {
        string answer;
        try
        {
            answer = await Cloud.ActAsync("authenticated", user.Claims, async connection =>
            {
                await using var command = new NpgsqlCommand("select public.cogcommit_push($1)::text", connection);
                command.Parameters.Add(new() { Value = batch, NpgsqlDbType = NpgsqlDbType.Unknown });
                return (string)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
            });
        }
        catch (PostgresException e)
        {
            answer = $"{e.SqlState} {e.MessageText}";
        }

        Tried(answer, batch[..Math.Min(batch.Length, 200)], variants);
        return answer;
    }

    private static string Text(int length) => "\"" + new string('x', length) + "\"";

    private static string Deep(int levels) => new string('[', levels) + new string(']', levels);
}
