using System.Text.Json.Nodes;
using CogCommit.Cloud.Tests.Sql;
using static CogCommit.Cloud.Tests.Sql.Batch;

namespace CogCommit.Cloud.Tests.Attacks;

/// <summary>Fields that are the cloud's own, sent by a device: at every place of a batch, they mean nothing.</summary>
public sealed class SmuggledFieldTests(PostgresFixture postgres) : AttackTests(postgres)
{
    [Fact]
    public async Task A_field_of_the_cloud_in_a_batch_changes_no_column_at_all()
    {
        var cloudId = await Cloud.ScalarAsync("select id from public.cognitive_commits where local_id = $1::text::uuid", Victim.Commit);
        var fields = new Dictionary<string, JsonNode?>
        {
            ["user_id"] = Victim.UserId.ToString(), ["owner"] = Victim.UserId.ToString(), ["sub"] = Victim.UserId.ToString(), ["claims"] = new JsonObject { ["sub"] = Victim.UserId.ToString() },
            ["local_id"] = Victim.Commit, ["cid"] = cloudId, ["cloud_id"] = cloudId, ["seq"] = 0, ["push"] = 1, ["path"] = $"{Victim.UserId}/x/y.png", ["cloud_url"] = "https://elsewhere.test/",
            ["purged"] = true, ["purge_after"] = "2020-01-01T00:00:00.000000Z", ["stored_turns"] = -5, ["visual_bytes"] = -1000000, ["is_new"] = false, ["status"] = "accepted", ["bytes"] = 0,
            ["project_id"] = cloudId, ["origin_machine_id"] = cloudId, ["project_name"] = "smuggled", ["encrypted"] = true, ["encryption_key_id"] = "k", ["local_path"] = "/etc",
            ["tier"] = "own", ["commit_limit"] = 1000000, ["storage_limit_bytes"] = 1000000000000, ["quota"] = new JsonObject { ["commit_limit"] = 1000000 },
            ["commit_rows"] = -1, ["turn_rows"] = -1, ["weighed_at"] = "2099-01-01T00:00:00Z", ["sync_cursor"] = "9", ["last_sync_at"] = "2099-01-01T00:00:00Z", ["created_at"] = "2099-01-01T00:00:00Z",
            ["before"] = 41, ["results"] = new JsonObject(), ["cloud"] = new JsonObject(), ["user_profiles"] = new JsonArray(), ["user_quotas"] = new JsonArray(new JsonObject { ["commit_limit"] = 1000000 }),
            ["sync_heads"] = new JsonArray(), ["__proto__"] = new JsonObject(), ["$user_id"] = Victim.UserId.ToString(), ["user_id\"; --"] = 1, [""] = 1,
        };
        foreach (var (field, value) in fields)
        {
            var (plain, smuggler) = (await NewAttackerAsync(), await NewAttackerAsync());
            var (commit, _, _, batch) = Whole();
            batch["visuals"]!.AsArray().Add(Visual(NewId(), commit).Row);
            batch["machine"] = new JsonObject { ["machine_id"] = "m1", ["name"] = "mine" };
            batch["projects"]!.AsArray().Add(new JsonObject { ["name"] = "demo", ["remote_url"] = "https://demo.test/" });
            await PushAsync(batch, plain);
            foreach (var place in Objects(batch).ToList())
            {
                // What a device may say stays as it is said.
                if (!place.ContainsKey(field))
                {
                    place[field] = value?.DeepClone();
                }
            }

            await PushAsync(batch, smuggler);
            Assert.Equal(await ColumnsAsync(plain), await ColumnsAsync(smuggler));
        }
    }

    /// <summary>All that a user has, without what differs by user and time.</summary>
    private async Task<string> ColumnsAsync(CloudUserSession user) => (await Cloud.ScalarAsync(
        """
        select string_agg(line, E'\n' order by line) from (
          select 'quota ' || to_jsonb(x)::text from public.user_quotas x where user_id = $1 union all
          select 'head ' || to_jsonb(x)::text from public.sync_heads x where user_id = $1 union all
          select 'push ' || (to_jsonb(x) - 'bytes')::text from public.sync_pushes x where user_id = $1 union all
          select 'machine ' || to_jsonb(x)::text from public.machines x where user_id = $1 union all
          select 'project ' || to_jsonb(x)::text from public.projects x where user_id = $1 union all
          select 'commit ' || to_jsonb(x)::text from public.cognitive_commits x where user_id = $1 union all
          select 'session ' || to_jsonb(x)::text from public.sessions x where user_id = $1 union all
          select 'turn ' || to_jsonb(x)::text from public.turns x where user_id = $1 union all
          select 'visual ' || to_jsonb(x)::text from public.visuals x where user_id = $1) all_rows (line0),
          lateral (select regexp_replace(regexp_replace(line0, '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}', 'ID', 'g'),
            '"(created_at|updated_at|last_sync_at|weighed_at)": "[^"]*"', '"\1": TIME', 'g') as line) t
        """,
        user.Id))!;

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject one => one.SelectMany(field => Objects(field.Value)).Prepend(one),
        JsonArray many => many.SelectMany(Objects),
        _ => [],
    };
}
