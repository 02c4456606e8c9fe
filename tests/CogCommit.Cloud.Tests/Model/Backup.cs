using CogCommit.Cloud.Tests.Sql;
using CogCommit.CloudModel;

namespace CogCommit.Cloud.Tests.Model;

/// <summary>A copy of what both clouds hold of a user.</summary>
internal sealed class Backup
{
    // Parents before children.
    private static readonly string[] Tables =
        ["sync_heads", "sync_pushes", "machines", "projects", "cognitive_commits", "sessions", "turns", "visuals"];

    private readonly Dictionary<string, string> tables = [];
    private ModelState model = null!;

    public static async Task<Backup> OfAsync(CloudDatabase database, Guid user, ModelCloud model)
    {
        var backup = new Backup { model = model.Save() };
        foreach (var table in Tables)
        {
            backup.tables[table] = (await database.ScalarAsync(
                $"select coalesce(jsonb_agg(to_jsonb(r)), '[]')::text from public.{table} r where r.user_id = $1", user))!;
        }

        return backup;
    }

    public async Task PlayBackAsync(CloudDatabase database, Guid user, ModelCloud to)
    {
        foreach (var table in Tables.Reverse())
        {
            await database.ScalarAsync($"delete from public.{table} where user_id = $1", user);
        }

        foreach (var table in Tables)
        {
            await database.ScalarAsync($"insert into public.{table} select * from jsonb_populate_recordset(null::public.{table}, $1::jsonb)", tables[table]);
        }

        to.Restore(model);
    }
}
