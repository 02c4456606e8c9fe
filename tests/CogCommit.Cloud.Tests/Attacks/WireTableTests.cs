using System.Text.Json.Nodes;

namespace CogCommit.Cloud.Tests.Attacks;

/// <summary>What PostgREST's words could reach: writing tables, other schemas, other functions, and another's rows by filters and embedding.</summary>
public sealed class WireTableTests(LocalCloudFixture cloud) : WireAttackTests(cloud)
{
    private static readonly string[] Tables =
        [.. TableExpectations.All.Keys.Where(table => table.StartsWith("public.", StringComparison.Ordinal)).Select(table => table["public.".Length..])];

    [Fact]
    public async Task No_method_and_no_preference_writes_a_table()
    {
        (string, string)[][] preferences =
        [
            [], [("Prefer", "resolution=merge-duplicates,return=representation")], [("Prefer", "resolution=ignore-duplicates,missing=default")], [("Prefer", "tx=commit,handling=lenient,max-affected=1")],
            [("X-HTTP-Method-Override", "GET")], [("Content-Profile", "public"), ("Prefer", "return=representation")],
        ];
        foreach (var table in Tables)
        {
            var id = table == "user_profiles" ? "id" : "user_id";
            foreach (var method in new[] { "POST", "PATCH", "PUT", "DELETE" })
            {
                foreach (var preference in preferences)
                {
                    var row = new JsonObject { [id] = AttackerId.ToString(), ["commit_limit"] = 1_000_000 }.ToJsonString();
                    foreach (var query in new[] { "", $"?{id}=eq.{Victim.UserId}", $"?on_conflict={id}&columns={id}" })
                    {
                        Assert.Equal(405, (await SendAsync(Attacker, method, $"/rest/v1/{table}{query}", Json(row), preference)).Status);
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData("auth")]
    [InlineData("storage")]
    [InlineData("realtime")]
    [InlineData("cogcommit")]
    [InlineData("supabase_migrations")]
    [InlineData("extensions")]
    [InlineData("pg_catalog")]
    [InlineData("information_schema")]
    [InlineData("PUBLIC")]
    [InlineData("public,auth")]
    [InlineData("public\", \"auth")]
    public async Task No_other_schema_is_shown(string schema)
    {
        foreach (var table in new[] { "users", "sessions", "refresh_tokens", "objects", "buckets", "messages", "schema_migrations", "pg_authid", "tables", "turns" })
        {
            Assert.Equal(406, (await SendAsync(Attacker, "GET", "/rest/v1/" + table, null, ("Accept-Profile", schema))).Status);
        }

        foreach (var function in new[] { "cloud_id", "purge", "uid", "set_config", "send", "cogcommit_pull" })
        {
            Assert.Equal(406, (await SendAsync(Attacker, "POST", "/rest/v1/rpc/" + function, Json("{}"), ("Content-Profile", schema))).Status);
        }

        foreach (var name in new[] { schema + ".users", $"{schema}%2Eusers", $"\"{schema}\".\"users\"", $"public\".\"x", "%22auth%22.%22users%22" })
        {
            Assert.Equal(404, (await SendAsync(Attacker, "GET", "/rest/v1/" + name.Replace("\"", "%22", StringComparison.Ordinal).Replace(" ", "%20", StringComparison.Ordinal))).Status);
        }
    }

    [Fact]
    public async Task No_function_but_the_three_is_called()
    {
        var names = FunctionExpectations.All.Keys.Where(name => name.StartsWith("cogcommit.", StringComparison.Ordinal)).Select(name => name["cogcommit.".Length..name.IndexOf('(', StringComparison.Ordinal)])
            .Concat(["set_config", "current_setting", "pg_sleep", "pg_read_file", "dblink", "lo_import", "query_to_xml", "database_to_xml", "uid", "jwt", "send", "version", "exec_sql", "graphql", "uuid_generate_v5", "pg_terminate_backend"]);
        foreach (var name in names.Distinct())
        {
            foreach (var path in new[] { name, "cogcommit." + name, $"%22cogcommit%22.%22{name}%22", $"cogcommit_pull%22(null,1),%22{name}" })
            {
                Assert.Equal(404, (await SendAsync(Attacker, "POST", "/rest/v1/rpc/" + path, Json($$"""{"owner": "{{Victim.UserId}}"}"""))).Status);
                Assert.Equal(404, (await SendAsync(Attacker, "POST", "/rest/v1/rpc/" + path, Json("{}"))).Status);
            }
        }
    }

    [Fact]
    public async Task Arguments_that_are_wrong_are_refused_in_words()
    {
        foreach (var function in new[] { "cogcommit_push", "cogcommit_pull", "cogcommit_digest" })
        {
            foreach (var value in new[] { "null", "1", "-1", "1e400", "2147483648", "true", "\"x\"", "\"\\u0000\"", "\"\\ud800\"", "[]", "{}", "[[]]", "{\"a\":{}}", "\"" + new string('x', 100_000) + "\"", new string('[', 500) + new string(']', 500) })
            {
                foreach (var argument in new[] { "batch", "cursor", "after", "max_bytes", "max_rows", "owner", "user_id", "\\\"", "batch\\\" := null, \\\"x" })
                {
                    var (status, body) = await SendAsync(Attacker, "POST", "/rest/v1/rpc/" + function, Json($"{{\"{argument}\":{value}}}"));
                    Assert.True(status is 200 or 400 or 404, $"{function} {argument} {value[..Math.Min(30, value.Length)]}: {status} {body}");
                }
            }

            foreach (var body in new[] { "", " ", "x", "[]", "null", "1", "{\"cursor\":null", "{\"cursor\":null}{}", new string('[', 100_000), "{\"cursor\":null,\"cursor\":{}}", "{\"cursor\":null,\"owner\":\"x\"}", "\0" })
            {
                var (status, answer) = await SendAsync(Attacker, "POST", "/rest/v1/rpc/" + function, Json(body));
                Assert.True(status is 400 or 404 || (status == 200 && function == "cogcommit_pull"), $"{function} {body[..Math.Min(30, body.Length)]}: {status} {answer}");
            }
        }
    }

    [Fact]
    public async Task No_filter_order_or_embedding_finds_another_s_row_or_tells_that_it_is_there()
    {
        var (theirs, nobodys) = (Victim.UserId.ToString(), Guid.NewGuid().ToString());
        foreach (var query in new[]
        {
            "turns?user_id=eq.@id", "turns?user_id=in.(@id)", "turns?user_id=neq.@me", "turns?user_id=not.is.null", "turns?content=like.*secret*", "turns?content=ilike.*SECRET*", "turns?order=content&limit=1", "turns?offset=0&limit=1000000",
            "turns?select=*,sessions(*,cognitive_commits(*,user_profiles(*)))", "sessions?select=*,cognitive_commits!inner(*)&cognitive_commits.user_id=eq.@id", "cognitive_commits?select=*,sessions(*,turns(*))&user_id=eq.@id",
            "cognitive_commits?select=*,user_profiles(*),projects(*),machines(*),visuals(*)", "user_profiles?select=*,cognitive_commits(*),machines(*),projects(*),sync_heads(*),sync_pushes(*)&id=eq.@id", "user_profiles?id=eq.@id",
            "user_quotas?user_id=eq.@id", "sync_heads?user_id=eq.@id", "sync_pushes?user_id=eq.@id", "machines?user_id=eq.@id", "projects?user_id=eq.@id", "visuals?user_id=eq.@id", "visuals?path=like.@id*",
            "cognitive_commits?local_id=eq.@commit", "sessions?local_id=eq.@commit", "turns?select=content&session_id=eq.@commit", "machines?select=*,cognitive_commits!inner(title)", "projects?select=name,cognitive_commits(title,turns(*))",
            "turns?or=(user_id.eq.@id,user_id.eq.@me)", "turns?and=(user_id.eq.@id)", "turns?not.or=(user_id.eq.@me)", "turns?user_id=eq.@me&or=(true)", "turns?select=count()", "turns?select=content.max()", "turns?select=user_id,users(*)", "turns?select=*,auth.users(*)",
            "turns?select=content::xml", "turns?select=usage->>a", "turns?select=...sessions(*)", "turns?select=*,sessions!turns_session_id_user_id_fkey(*)", "turns?select=*,turns(*)", "turns?select=*,sessions!user_id(*)", "user_profiles?select=*,users(*)",
            "turns?content=fts.secret", "turns?content=match.secret", "turns?tool_calls=cs.[]", "turns?seq=gt.-1", "turns?seq=gte.0&seq=lte.9223372036854775807", "turns?xmin=gt.0", "turns?select=xmin,ctid,tableoid", "turns?ctid=eq.(0,1)",
        })
        {
            string Ask(string id, string commit) => "/rest/v1/" + query.Replace("@id", id, StringComparison.Ordinal).Replace("@me", AttackerId.ToString(), StringComparison.Ordinal).Replace("@commit", commit, StringComparison.Ordinal);
            foreach (var headers in new (string, string)[][] { [], [("Prefer", "count=exact")], [("Accept", "application/vnd.pgrst.object+json")], [("Accept", "application/vnd.pgrst.plan+json")], [("Range", "0-0")] })
            {
                var told = await SendAsync(Attacker, "GET", Ask(theirs, Victim.Commit), null, headers);
                var control = await SendAsync(Attacker, "GET", Ask(nobodys, Guid.NewGuid().ToString()), null, headers);
                Assert.Equal(control.Status, told.Status);
                Assert.Equal(control.Body.Replace(nobodys, theirs, StringComparison.Ordinal), told.Body);
            }
        }
    }
}
