using System.Globalization;
using System.Text.Json.Nodes;
using Npgsql;
using static CogCommit.Cloud.Tests.Sql.Batch;

namespace CogCommit.Cloud.Tests.Sql;

public sealed class PushTests(PostgresFixture postgres) : SqlTests(postgres)
{
    [Fact]
    public async Task A_commit_with_its_session_and_turn_is_accepted_and_read_back()
    {
        var user = await Cloud.AddUserAsync("octocat");
        var (commit, session, turn, batch) = Whole();
        batch["turns"]![0]!["tool_calls"] = JsonNode.Parse("""[{"id": "t", "name": "Bash", "input": {"command": "ls"}, "result": "ok", "isError": false}]""");
        batch["turns"]![0]!["usage"] = JsonNode.Parse("""{"input_tokens": 1, "output_tokens": 2, "cache_creation_input_tokens": 3, "cache_read_input_tokens": 4}""");
        var answer = await user.PushAsync(batch);
        Assert.Equal("accepted", answer.Status("commits", commit, "captured"));
        Assert.Equal("accepted", answer.Status("commits", commit, "curated"));
        Assert.Equal("accepted", answer.Status("sessions", session));
        Assert.Equal("accepted", answer.Status("turns", turn));
        Assert.Equal((0, 1), ((int)answer["before"]!, (int)answer["seq"]!));

        var page = await user.PullAsync();
        Same(batch["turns"]![0]!, page.Row("turns", turn)!);
        Same(batch["sessions"]![0]!, page.Row("sessions", session)!);
        Same(batch["commits"]![0]!["captured"]!, page.Row("commits", commit)!["captured"]!);
        Same(batch["commits"]![0]!["curated"]!, page.Row("commits", commit)!["curated"]!);
    }

    [Fact]
    public async Task Repeating_a_push_is_harmless_and_moves_the_cursor_as_the_first_time()
    {
        var user = await Cloud.AddUserAsync();
        var (commit, session, turn, batch) = Whole();
        await user.PushAsync(batch);
        await user.PushAsync(Whole().Batch);
        var again = await user.PushAsync(batch);
        Assert.Equal("unchanged", again.Status("commits", commit, "captured"));
        Assert.Equal("unchanged", again.Status("commits", commit, "curated"));
        Assert.Equal("unchanged", again.Status("sessions", session));
        Assert.Equal("unchanged", again.Status("turns", turn));
        Assert.Equal((0, 1), ((int)again["before"]!, (int)again["seq"]!));
        Assert.Equal("2", await Cloud.ScalarAsync("select count(*) from sync_pushes where user_id = $1", user.Id));
    }

    [Fact]
    public async Task A_batch_that_changes_nothing_writes_nothing()
    {
        var user = await Cloud.AddUserAsync();
        var batch = Whole().Batch;
        batch["machine"] = new JsonObject { ["machine_id"] = "m1", ["name"] = "desk" };
        batch["projects"] = new JsonArray(new JsonObject { ["name"] = "demo", ["remote_url"] = "https://example.org/demo" });
        await user.PushAsync(batch);
        batch["push_id"] = NewId();
        Assert.Equal(0, await WorkOfAsync(user, batch, "sum(n_tup_ins + n_tup_upd + n_tup_del)"));
    }

    [Fact]
    public async Task A_bad_row_stops_itself_and_its_children_and_nothing_else()
    {
        var user = await Cloud.AddUserAsync();
        var (commit, session, turn, batch) = Whole();
        var bad = Whole();
        bad.Batch["commits"]![0]!["captured"]!["started_at"] = "infinity";
        Merge(batch, bad.Batch);
        var answer = await user.PushAsync(batch);
        Assert.Equal("refused", answer.Status("commits", bad.Commit, "captured"));
        Assert.Equal("parent_missing", answer.Status("commits", bad.Commit, "curated"));
        Assert.Equal("started_at", answer.Reason("commits", bad.Commit));
        Assert.Equal("parent_missing", answer.Status("sessions", bad.Session));
        Assert.Equal("parent_missing", answer.Status("turns", bad.Turn));
        Assert.Equal("accepted", answer.Status("commits", commit, "captured"));
        Assert.Equal("accepted", answer.Status("sessions", session));
        Assert.Equal("accepted", answer.Status("turns", turn));
    }

    [Theory]
    [InlineData("id", "\"not a uuid\"")]
    [InlineData("id", "\"0F8FAD5B-D9CB-469F-A165-70867728950E\"")]
    [InlineData("ordinal", "\"5\"")]
    [InlineData("ordinal", "1.5")]
    [InlineData("ordinal", "-1")]
    [InlineData("ordinal", "1e300")]
    [InlineData("role", "\"system\"")]
    [InlineData("role", "null")]
    [InlineData("content", "{}")]
    [InlineData("timestamp", "\"infinity\"")]
    [InlineData("timestamp", "\"-infinity\"")]
    [InlineData("timestamp", "\"now\"")]
    [InlineData("timestamp", "\"2026-02-29T00:00:00.000000Z\"")]
    [InlineData("timestamp", "\"2026-13-01T00:00:00.000000Z\"")]
    [InlineData("timestamp", "\"0000-01-01T00:00:00.000000Z\"")]
    [InlineData("timestamp", "\"2026-02-28T24:00:00.000000Z\"")]
    [InlineData("timestamp", "\"2026-02-28T12:00:00.000000+02:00\"")]
    [InlineData("timestamp", "17")]
    [InlineData("tool_calls", "\"[]\"")]
    [InlineData("tool_calls", "[1]")]
    [InlineData("interrupted", "\"true\"")]
    [InlineData("usage", "{\"input_tokens\": \"many\"}")]
    [InlineData("usage", "{\"input_tokens\": -1}")]
    [InlineData("usage", "{\"output_tokens\": 1000000000001}")]
    [InlineData("usage", "{\"cache_read_input_tokens\": 1.5}")]
    [InlineData("usage", "{\"input_tokens\": 1, \"output_tokens\": true}")]
    [InlineData("usage", "{\"cache_creation_input_tokens\": [1]}")]
    [InlineData("usage", "{\"input_tokens\": {\"input_tokens\": 1}}")]
    [InlineData("usage", "[]")]
    [InlineData("rev", "null")]
    [InlineData("rev", "7")]
    [InlineData("hash", "{}")]
    public async Task A_turn_with_a_wrong_value_is_refused_by_the_fields_name(string field, string json)
    {
        var user = await Cloud.AddUserAsync();
        var batch = Whole().Batch;
        batch["turns"]![0]![field] = JsonNode.Parse(json);
        var answer = await user.PushAsync(batch);
        var result = Assert.Single(answer["results"]!["turns"]!.AsArray())!;
        Assert.Equal(("refused", field), ((string?)result["status"], (string?)result["reason"]));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"input_tokens\": 999999999999, \"output_tokens\": 0}")]
    [InlineData("{\"input_tokens\": 1000000000000, \"output_tokens\": null}")]
    [InlineData("{\"9999999999999: x.\": 1, \"other\": [1.5, \"x\"], \"cache_read_input_tokens\": 7}")]
    public async Task A_usage_of_whole_numbers_is_taken_whatever_stands_beside_them(string usage)
    {
        var user = await Cloud.AddUserAsync();
        var batch = Whole().Batch;
        batch["turns"]![0]!["usage"] = JsonNode.Parse(usage);
        Assert.Equal("accepted", (string?)(await user.PushAsync(batch))["results"]!["turns"]![0]!["status"]);
    }

    [Theory]
    [InlineData("9999-12-31T23:59:59.999999Z")]
    [InlineData("0001-01-01T00:00:00.000000Z")]
    [InlineData("2024-02-29T12:00:00Z")]
    public async Task The_last_and_the_first_day_there_are_are_times(string time)
    {
        var user = await Cloud.AddUserAsync();
        var (_, _, turn, batch) = Whole();
        batch["turns"]![0]!["timestamp"] = time;
        Assert.Equal("accepted", (await user.PushAsync(batch)).Status("turns", turn));
    }

    [Theory]
    [InlineData(256, "accepted")]
    [InlineData(300, "refused")]
    public async Task A_tool_input_may_be_nested_256_levels_deep(int levels, string status)
    {
        var user = await Cloud.AddUserAsync();
        var (_, _, turn, batch) = Whole();
        var deep = string.Concat(Enumerable.Repeat("[", levels)) + string.Concat(Enumerable.Repeat("]", levels));
        var text = batch.ToJsonString().Replace("\"tool_calls\":null", "\"tool_calls\":[{\"input\":" + deep + "}]", StringComparison.Ordinal);
        var answer = JsonNode.Parse((await Cloud.ScalarAsync("authenticated", user.Claims, "select public.cogcommit_push($1::text::jsonb)::text", text))!)!.AsObject();
        Assert.Equal(status, answer.Status("turns", turn));
    }

    [Fact]
    public async Task Rows_that_are_no_rows_are_refused_one_by_one()
    {
        var user = await Cloud.AddUserAsync();
        var batch = Of();
        foreach (var kind in new[] { "commits", "sessions", "turns", "visuals" })
        {
            batch[kind] = JsonNode.Parse("""[1, null, "x", [], {}, {"id": 4}, {"id": null}, {"id": {"a": []}}]""");
        }

        var answer = await user.PushAsync(batch);
        Assert.All(answer["results"]!["sessions"]!.AsArray(), row => Assert.Equal("refused", (string?)row!["status"]));
        Assert.All(answer["results"]!["turns"]!.AsArray(), row => Assert.Equal("refused", (string?)row!["status"]));
        Assert.All(answer["results"]!["visuals"]!.AsArray(), row => Assert.Equal("refused", (string?)row!["status"]));
        Assert.All(answer["results"]!["commits"]!.AsArray(), row => Assert.Equal("refused", (string?)row!["captured"]));
        Assert.Equal(32, answer["results"]!.AsObject().Sum(pair => pair.Value!.AsArray().Count));
        Assert.Equal(0, (int)answer["seq"]!);
    }

    [Fact]
    public async Task The_same_id_twice_in_a_batch_is_taken_once()
    {
        var user = await Cloud.AddUserAsync();
        var (_, session, turn, batch) = Whole();
        batch["turns"]!.AsArray().Add(Turn(turn, session, "again", "2").Row);
        var results = (await user.PushAsync(batch))["results"]!["turns"]!.AsArray();
        Assert.Equal(["accepted", "refused"], results.Select(row => (string?)row!["status"]));
        Assert.Equal("hello", (string?)(await user.PullAsync()).Row("turns", turn)!["content"]);
    }

    /// <summary>And each that has no id at all is told that, however many look alike.</summary>
    [Fact]
    public async Task Of_the_same_id_three_times_the_second_and_third_are_told_why()
    {
        var user = await Cloud.AddUserAsync();
        var (_, session, turn, batch) = Whole();
        var turns = batch["turns"]!.AsArray();
        turns.Add(Turn(turn, session, "again", "2").Row);
        foreach (var wrong in (ReadOnlySpan<JsonNode?>)[4, 4, "x", "x", null, null])
        {
            var row = Turn(turn, session, "wrong", "3").Row;
            row["id"] = wrong;
            turns.Add(row);
        }

        turns.Add(Turn(turn, session, "once more", "4").Row);
        var results = (await user.PushAsync(batch))["results"]!["turns"]!.AsArray();
        const string Twice = "this id stands twice in the batch";
        Assert.Equal([null, Twice, .. Enumerable.Repeat("id", 6), Twice], results.Select(row => (string?)row!["reason"]));
        Assert.Equal("hello", (string?)(await user.PullAsync()).Row("turns", turn)!["content"]);
    }

    [Theory]
    [InlineData("""{"protocol": 2}""", "22023")]
    [InlineData("""{"protocol": "1"}""", "22023")]
    [InlineData("""{"protocol": 1}""", "22023")]
    [InlineData("""{"protocol": 1, "push_id": "x"}""", "22023")]
    [InlineData("""{"protocol": 1, "push_id": "0f8fad5b-d9cb-469f-a165-70867728950e", "turns": {}}""", "22023")]
    [InlineData("[]", "22023")]
    [InlineData("null", "22023")]
    public async Task A_bad_envelope_raises(string batch, string state)
    {
        var user = await Cloud.AddUserAsync();
        var raised = await Assert.ThrowsAsync<PostgresException>(() => user.ScalarAsync("select public.cogcommit_push($1::text::jsonb)::text", batch));
        Assert.Equal(state, raised.SqlState);
    }

    [Fact]
    public async Task Nobody_signed_in_and_a_user_who_is_gone_raise_42501()
    {
        var nobody = await Assert.ThrowsAsync<PostgresException>(() => Cloud.ScalarAsync("authenticated", null, "select public.cogcommit_push($1)::text", Of()));
        Assert.Equal("42501", nobody.SqlState);
        var user = await Cloud.AddUserAsync();
        await Cloud.ScalarAsync("delete from auth.users where id = $1", user.Id);
        var gone = await Assert.ThrowsAsync<PostgresException>(() => user.PushAsync(Of()));
        Assert.Equal("42501", gone.SqlState);
    }

    [Theory]
    [InlineData(2000, null)]
    [InlineData(2001, "PT413")]
    public async Task A_call_is_at_most_2000_rows(int rows, string? state)
    {
        var user = await Cloud.AddUserAsync();
        var batch = Of(Enumerable.Repeat(("sessions", (JsonNode)new JsonObject()), rows));
        Assert.Equal(state, (await Record.ExceptionAsync(() => user.PushAsync(batch)) as PostgresException)?.SqlState);
    }

    [Theory]
    [InlineData(1, 4 << 20, null)]
    [InlineData(1, 7 << 20, "PT413")]
    [InlineData(2, (1 << 20) - 4096, null)]
    [InlineData(2, 2 << 20, "PT413")]
    public async Task A_call_is_at_most_1_MB_or_one_row_of_4_MB(int rows, int bytes, string? state)
    {
        var user = await Cloud.AddUserAsync();
        var batch = Of(Enumerable.Range(0, rows).Select(_ => Turn(NewId(), NewId(), new string('x', (bytes / rows) - 1000))));
        Assert.Equal(state, (await Record.ExceptionAsync(() => user.PushAsync(batch)) as PostgresException)?.SqlState);
    }

    [Fact]
    public async Task The_profile_is_made_from_the_token_and_names_may_be_missing()
    {
        const string Profile = "select github_username || '|' || github_id from public.user_profiles where id = $1";
        var named = await Cloud.AddUserAsync("octocat");
        await named.PushAsync(Of());
        Assert.Equal("octocat|4711", await Cloud.ScalarAsync(Profile, named.Id));
        var anonymous = await Cloud.AddUserAsync();
        await anonymous.PushAsync(Of());
        Assert.Equal("|", await Cloud.ScalarAsync(Profile, anonymous.Id));
    }

    [Fact]
    public async Task A_turn_that_moves_to_another_session_takes_its_bytes_along()
    {
        var user = await Cloud.AddUserAsync();
        var (from, to) = (Whole("12345"), Whole("123"));
        await user.PushAsync(from.Batch);
        await user.PushAsync(to.Batch);
        var answer = await user.PushAsync(Of(Turn(from.Turn, to.Session, "1234567", "2")));
        Assert.Equal("accepted", answer.Status("turns", from.Turn));
        Assert.Equal(10, (int)answer["quota"]!["bytes"]!);
        Assert.Equal("0|10", await Cloud.ScalarAsync(
            "select string_agg(bytes::text, '|' order by bytes) from cognitive_commits where user_id = $1", user.Id));
        Assert.Equal(to.Session, (string?)(await user.PullAsync()).Row("turns", from.Turn)!["session_id"]);
    }

    [Fact]
    public async Task A_session_does_not_change_its_commit()
    {
        var user = await Cloud.AddUserAsync();
        var (one, other) = (Whole(), Whole());
        await user.PushAsync(one.Batch);
        await user.PushAsync(other.Batch);
        Assert.Equal("refused", (await user.PushAsync(Of(Session(one.Session, other.Commit, "2")))).Status("sessions", one.Session));
    }

    [Fact]
    public async Task One_new_turn_in_a_long_history_touches_few_rows()
    {
        var user = await Cloud.AddUserAsync();
        var (commit, session, _, batch) = Whole();
        await user.PushAsync(batch);
        await Cloud.ScalarAsync(
            """
            insert into turns (id, user_id, local_id, session_id, seq, role, timestamp)
            select gen_random_uuid(), t.user_id, gen_random_uuid(), t.session_id, 1, 'user', now() from turns t, generate_series(1, 50000) where t.user_id = $1
            """,
            user.Id);
        await Cloud.ScalarAsync("analyze turns");
        Assert.Equal(0, await WorkOfAsync(user, Of(Turn(NewId(), session)), "sum(seq_tup_read) filter (where relname in ('turns', 'sessions', 'cognitive_commits'))"));
        Assert.InRange(await WorkOfAsync(user, Of(Turn(NewId(), session)), "sum(coalesce(idx_tup_fetch, 0))"), 0, 30);
        // The turn, its commit's sum, the head, the log, and the hint to the other machines.
        Assert.InRange(await WorkOfAsync(user, Of(Turn(NewId(), session)), "sum(n_tup_ins + n_tup_upd + n_tup_del)"), 4, 5);
    }

    [Fact]
    public async Task A_users_id_in_the_batch_means_nothing()
    {
        var (user, other) = (await Cloud.AddUserAsync(), await Cloud.AddUserAsync());
        var batch = Whole().Batch;
        batch["user_id"] = other.Id.ToString();
        batch["commits"]![0]!["user_id"] = other.Id.ToString();
        batch["turns"]![0]!["user_id"] = other.Id.ToString();
        await user.PushAsync(batch);
        Assert.Equal("1", await Cloud.ScalarAsync("select count(*) from turns where user_id = $1", user.Id));
        Assert.Equal("0", await Cloud.ScalarAsync("select count(*) from turns where user_id = $1", other.Id));
    }

    [Fact]
    public async Task Two_users_with_the_same_transcript_never_meet_and_a_foreign_parent_is_an_unknown_one()
    {
        var (user, other) = (await Cloud.AddUserAsync(), await Cloud.AddUserAsync());
        var (_, session, turn, batch) = Whole();
        await user.PushAsync(batch);
        var answer = await other.PushAsync(Of(Turn(turn, session)));
        var unknown = await other.PushAsync(Of(Turn(turn, NewId())));
        Assert.Equal("parent_missing", answer.Status("turns", turn));
        Assert.Equal(unknown["results"]!.ToJsonString(), answer["results"]!.ToJsonString());
        Assert.Equal("accepted", (await other.PushAsync(batch)).Status("turns", turn));
        Assert.Equal("2", await Cloud.ScalarAsync("select count(distinct id) from turns where local_id = $1", Guid.Parse(turn)));
    }

    [Fact]
    public async Task The_clouds_id_is_the_uuid_v5_of_user_and_local_id()
    {
        var user = await Cloud.AddUserAsync();
        var (commit, _, _, batch) = Whole();
        await user.PushAsync(batch);
        Assert.Equal(CogCommit.Core.Ids.V5(user.Id, commit), await Cloud.ScalarAsync("select id from cognitive_commits where local_id = $1", Guid.Parse(commit)));
    }

    /// <summary>What a push reads or writes; the server's counts still hold what the connection did before.</summary>
    private Task<long> WorkOfAsync(CloudUserSession user, JsonObject batch, string sum) => Cloud.ActAsync("authenticated", user.Claims, async connection =>
    {
        var before = await CountAsync();
        await CloudDatabase.ScalarAsync(connection, "select public.cogcommit_push($1)::text", batch);
        return await CountAsync() - before;

        async Task<long> CountAsync() =>
            long.Parse((await CloudDatabase.ScalarAsync(connection, $"select {sum} from pg_stat_xact_user_tables"))!, CultureInfo.InvariantCulture);
    });

    private static void Merge(JsonObject batch, JsonObject other)
    {
        foreach (var (kind, rows) in other)
        {
            if (rows is JsonArray array)
            {
                foreach (var row in array)
                {
                    batch[kind]!.AsArray().Add(row!.DeepClone());
                }
            }
        }
    }

    private static void Same(JsonNode sent, JsonNode received) => Assert.True(JsonNode.DeepEquals(sent, received), $"{sent.ToJsonString()}\n{received.ToJsonString()}");
}
