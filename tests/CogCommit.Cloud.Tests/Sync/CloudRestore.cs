namespace CogCommit.Cloud.Tests.Sync;

/// <summary>A cloud as it is after its operator went back to a backup: what a user pushed later is gone. Storage's objects are in no backup of the database.</summary>
internal static class CloudRestore
{
    /// <param name="run">Runs SQL with these values as the operator.</param>
    /// <param name="user">Whose rows.</param>
    /// <param name="seq">The last push that the backup had.</param>
    public static async Task RunAsync(Func<string, object[], Task> run, Guid user, long seq)
    {
        foreach (var table in new[] { "visuals", "turns", "sessions", "cognitive_commits", "sync_pushes" })
        {
            await run($"delete from public.{table} where user_id = $1 and seq > $2", [user, seq]);
        }

        await run(
            """
            update public.sync_heads h set seq = $2, push_id = (select push_id from public.sync_pushes p where p.user_id = h.user_id and p.seq = $2)
            where user_id = $1
            """,
            [user, seq]);
    }
}
