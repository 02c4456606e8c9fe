using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using CogCommit.Cloud.Tests.Sql;
using Npgsql;
using NpgsqlTypes;
using static CogCommit.Cloud.Tests.Sql.Batch;

namespace CogCommit.Cloud.Tests.Attacks;

/// <summary>
/// Batches made to cost: each takes less of a processor than the 8 s that Supabase gives a statement of a signed-in user. What other tests keep the
/// machine busy with does not count: the backend's own time does, and not the clock's, and that in the time of a known piece of work, which the
/// same backend did just before; a processor whose other half is busy is slower at both.
/// </summary>
public sealed class WorstBatchTests(PostgresFixture postgres) : AttackTests(postgres)
{
    private const string Head = "{\"protocol\":1,\"push_id\":\"00000000-0000-4000-8000-00000000000a\",";

    // Takes 0.22 s on a quiet machine, and twice that beside other suites.
    private const string KnownWork = "select max(md5(i::text)) from generate_series(1, 300000) i";
    private const double Most = 8 / 0.22;

    public static TheoryData<string, string> TooLarge => new()
    {
        { "a text of 13 MB", "\"turns\":[\"" + new string('x', 13_000_000) + "\"]}" },
        { "a text of 13 MB in the envelope", "\"note\":\"" + new string('x', 13_000_000) + "\"}" },
        { "a million rows", "\"turns\":[" + string.Join(',', Enumerable.Repeat("1", 1_000_000)) + "]}" },
        { "a million projects", "\"projects\":[" + string.Join(',', Enumerable.Repeat("{}", 1_000_000)) + "]}" },
        { "a million keys", string.Join(',', Enumerable.Range(0, 1_000_000).Select(i => $"\"{i}\":1")) + "}" },
        { "2001 rows", "\"turns\":[" + string.Join(',', Enumerable.Repeat("{}", 2001)) + "]}" },
        // 80 KB that would print as a GB, which is what a text of PostgreSQL may be at most.
        { "nine thousand numbers of a hundred thousand digits", "\"turns\":[[" + string.Join(',', Enumerable.Repeat("9e131070", 9000)) + "]]}" },
        { "numbers of sixteen thousand zeros behind the point", "\"turns\":[[" + string.Join(',', Enumerable.Repeat("0e-16383", 70_000)) + "]]}" },
        { "small numbers of sixteen thousand digits, in the envelope", "\"x\":[" + string.Join(',', Enumerable.Repeat("-1e-16383", 70_000)) + "]}" },
        { "numbers under keys, deep down", "\"turns\":[" + string.Concat(Enumerable.Repeat("{\"a\":[", 1000)) + string.Join(',', Enumerable.Repeat("1e131071", 9000)) + string.Concat(Enumerable.Repeat("]}", 1000)) + "]}" },
        { "four million digits", "\"turns\":[[" + string.Join(',', Enumerable.Repeat("1", 4_000_000)) + "]]}" },
    };

    [Theory]
    [MemberData(nameof(TooLarge), DisableDiscoveryEnumeration = true)]
    public Task What_is_too_large_is_refused_before_it_is_unfolded(string what, string rest) => AssertTooLargeAsync(what, rest);

    public static TheoryData<string, string> PrintsTooMuch => new()
    {
        // As jsonb they take a sixth of what they print.
        { "a text of 12 MB of control characters", "\"turns\":[{\"content\":\"" + Controls(12_000_000) + "\"}]}" },
        { "calls of 12 MB of control characters", "\"turns\":[{\"tool_calls\":[\"" + Controls(12_000_000) + "\"]}]}" },
        { "a visual of 12 MB of control characters", "\"visuals\":[{\"caption\":\"" + Controls(12_000_000) + "\"}]}" },
        { "2000 turns with control characters", "\"turns\":[" + string.Join(',', Enumerable.Repeat("{\"content\":\"" + Controls(1_400) + "\"}", 2000)) + "]}" },
        { "a commit with control characters, measured with both its halves", "\"turns\":[],\"commits\":[{\"id\":1,\"captured\":{},\"curated\":{},\"more\":\"" + Controls(12_000_000) + "\"}]}" },
    };

    [Theory]
    [MemberData(nameof(PrintsTooMuch), DisableDiscoveryEnumeration = true)]
    public Task What_prints_too_much_is_refused_once_it_is_judged_and_leaves_nothing(string what, string rest) => AssertTooLargeAsync(what, rest);

    public static TheoryData<string> Shapes => ["commits", "sessions of one commit", "turns of one session", "a turn of each commit", "visuals", "all refused", "all lost", "names", "files", "one turn of 4 MB", "as deep as it goes", "a usage of 12 MB", "zeros"];

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task The_largest_batch_of_the_worst_shape_ends_in_time_and_leaves_no_lock(string shape)
    {
        await Attacker.PushAsync(Of());
        await Cloud.ScalarAsync("select cogcommit.lock_head($1)::text", Attacker.Id);
        await Cloud.ScalarAsync("update public.user_quotas set commit_limit = 1000000, storage_limit_bytes = 1000000000 where user_id = $1", Attacker.Id);
        foreach (var batch in Worst(shape))
        {
            Assert.Equal("done", await PushTextAsync(batch));
        }

        Assert.Equal("0", await Cloud.ScalarAsync("select count(*) from pg_locks l join pg_database d on d.oid = l.database where d.datname = current_database() and l.pid <> pg_backend_pid() and l.locktype <> 'virtualxid'"));
        Assert.Equal("accepted", (await PushAsync(Whole().Batch))["results"]!["turns"]![0]!["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_push_that_is_broken_off_holds_nothing_and_stored_nothing()
    {
        await Attacker.PushAsync(Whole().Batch);
        var before = await Standing.OfAsync(Cloud.Source, Attacker.Id);
        var batch = Worst("a turn of each commit").First();
        await Assert.ThrowsAsync<PostgresException>(() => Cloud.ActAsync("authenticated", Attacker.Claims, async connection =>
        {
            await CloudDatabase.ScalarAsync(connection, "set local statement_timeout = '1ms'");
            return await CloudDatabase.ScalarAsync(connection, "select public.cogcommit_push($1)::text", JsonNode.Parse(batch)!);
        }));
        Tried(null, "broken off");
        Assert.Equal(before, await Standing.OfAsync(Cloud.Source, Attacker.Id));
        Assert.Equal("2", (await PushAsync(Whole().Batch))["seq"]!.ToString());
    }

    private async Task AssertTooLargeAsync(string what, string rest)
    {
        Assert.Equal("PT413", await PushTextAsync(Head + rest));
        Assert.Equal("0", await Cloud.ScalarAsync("select count(*) from public.sync_heads where user_id = $1", Attacker.Id));
        Assert.NotEmpty(what);
    }

    private static string Controls(int count) => string.Concat(Enumerable.Repeat("\\u0001", count));

    private static IEnumerable<string> Worst(string shape)
    {
        const int Rows = 1998;
        var (commit, session, turn, whole) = Whole();
        string[] ids = [.. Enumerable.Range(0, Rows).Select(_ => NewId())];
        var small = Captured(but: row => row.Remove("files_read"));
        switch (shape)
        {
            case "commits":
                return [Text(Of(ids.Select((id, i) => Commit(id, Small(i)))))];
            case "sessions of one commit":
                return [Text(whole), Text(Of(ids.Select(id => Session(id, commit))))];
            case "turns of one session":
                return [Text(whole), Text(Of(ids.Select(id => Turn(id, session)))), Text(Of(ids.Select(id => Turn(id, session, rev: "2"))))];
            case "a turn of each commit":
                var trees = Enumerable.Range(0, 660).Select(_ => (Commit: NewId(), Session: NewId(), Turn: NewId())).ToList();
                return [Text(Of(trees.SelectMany(tree => new[] { Commit(tree.Commit, Small(1)), Session(tree.Session, tree.Commit), Turn(tree.Turn, tree.Session) })))];
            case "visuals":
                return [Text(whole), Text(Of(ids.Select(id => Visual(id, commit, but: row => row["content_hash"] = null))))];
            case "all refused":
                return [Text(Of(ids.Select(id => Turn(id, "no uuid"))))];
            case "all lost":
                return [Text(whole), Text(Of(ids.Select(id => Turn(id, session, rev: "2")))), Text(Of(ids.Select(id => Turn(id, session))))];
            case "names":
                return [Text(Of(ids.Select((id, i) => i % 2 == 0
                    ? ("projects", (JsonNode)new JsonObject { ["name"] = id + new string('p', 264), ["remote_url"] = id })
                    : ("machines", new JsonObject { ["machine_id"] = id, ["name"] = id }))))];
            case "files":
                return [Text(Of(Commit(commit, Captured(but: row => row["files_read"] = new JsonArray([.. Enumerable.Range(0, 120_000).Select(i => (JsonNode)"f")])))))];
            case "one turn of 4 MB":
                return [Text(whole), Text(Of(Turn(turn, session, new string('"', 2_000_000), "2")))];
            case "a usage of 12 MB":
                return [Text(whole), Text(Of(Turn(turn, session, rev: "2", but: row => row["usage"] = new JsonObject { [new string('\u0001', 12_000_000)] = 1 })))];
            case "as deep as it goes":
                return [Text(whole), Text(Of(Turn(turn, session, rev: "2"))).Replace("\"tool_calls\":null", "\"tool_calls\":[{\"input\":" + Deep(5000) + "}]", StringComparison.Ordinal)];
            default:
                return [Text(whole), Text(Of(Turn(turn, session, rev: "2"))).Replace("\"tool_calls\":null", "\"tool_calls\":[{\"input\":[" + string.Join(',', Enumerable.Repeat("0", 1_000_000)) + "]}]", StringComparison.Ordinal)];
        }

        JsonObject Small(int i)
        {
            var row = small.DeepClone().AsObject();
            row["project"] = "p" + i;
            row["machine_id"] = "m" + (i % 900);
            return row;
        }

        static string Text(JsonObject batch) => batch.ToJsonString();
        static string Deep(int levels) => new string('[', levels) + new string(']', levels);
    }

    private async Task<string> PushTextAsync(string batch)
    {
        var state = await Cloud.ActAsync("authenticated", Attacker.Claims, async connection =>
        {
            using var backend = Process.GetProcessById(int.Parse((await CloudDatabase.ScalarAsync(connection, "select pg_backend_pid()"))!, CultureInfo.InvariantCulture));
            var begun = backend.TotalProcessorTime;
            await CloudDatabase.ScalarAsync(connection, KnownWork);
            backend.Refresh();
            var before = backend.TotalProcessorTime;
            var known = before - begun;
            try
            {
                await using var command = new NpgsqlCommand("select octet_length(public.cogcommit_push($1)::text)", connection);
                command.Parameters.Add(new() { Value = batch, NpgsqlDbType = NpgsqlDbType.Unknown });
                await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
                return "done";
            }
            catch (PostgresException e)
            {
                return e.SqlState;
            }
            finally
            {
                backend.Refresh();
                Assert.InRange((backend.TotalProcessorTime - before) / known, 0, Most);
            }
        });
        Tried(state, "worst batch");
        return state;
    }
}
