namespace CogCommit.Cloud.Tests.Attacks;

/// <summary>
/// What becomes of each verb on each table, for everybody in <see cref="Identity.All"/>: + the owner's rows, . none of them, x forbidden
/// (42501), u the sub is no uuid (22P02), n refused as not supported (0A000). A table that is not named here fails the test.
/// </summary>
internal static class TableExpectations
{
    //                        owner other aud gone  nobody none null  word SQL list  anon names more
    private const string Own = "+   .   .   .     .   .   .     u  u  u     x  x  x";
    private const string OwnOfAll = "+   .   .   .     .   .   .     u  u  u     .  .  .";
    private const string None = ".   .   .   .     .   .   .     .  .  .     .  .  .";
    private const string NoCopy = "n   n   n   n     n   n   n     n  n  n     n  n  n";
    private const string NewRow = "x   x   x   x     x   x   x     u  u  u     x  x  x";
    private const string Closed = "x   x   x   x     x   x   x     x  x  x     x  x  x";

    public static readonly IReadOnlyList<string> Verbs = ["select", "copy to", "for update", "insert", "copy from", "update", "delete", "truncate", "references", "trigger"];

    private static readonly string[] Read = [Own, Own, Closed, Closed, Closed, Closed, Closed, Closed, Closed, Closed];
    private static readonly string[] Hidden = [.. Enumerable.Repeat(Closed, 10)];

    /// <summary>By table, then in the order of <see cref="Verbs"/>.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> All = new Dictionary<string, string[]>
    {
        ["public.user_profiles"] = Read,
        ["public.user_quotas"] = Read,
        ["public.sync_heads"] = Read,
        ["public.sync_pushes"] = Read,
        ["public.machines"] = Read,
        ["public.projects"] = Read,
        ["public.cognitive_commits"] = Read,
        ["public.sessions"] = Read,
        ["public.turns"] = Read,
        ["public.visuals"] = Read,
        // Storage asks as the caller, so its tables are everybody's and the policies decide. The owner's row is live: it stays.
        ["storage.objects"] = [OwnOfAll, OwnOfAll, OwnOfAll, NewRow, NoCopy, OwnOfAll, OwnOfAll.Replace('+', '.'), Closed, Closed, Closed],
        ["storage.buckets"] = [None, None, None, Closed, NoCopy, None, None, Closed, Closed, Closed],
        // The owner listens on their own topic; everybody else on it too.
        ["realtime.messages"] = [OwnOfAll, OwnOfAll, None, Closed, NoCopy, None, Closed, Closed, Closed, Closed],
        ["auth.users"] = Hidden,
        ["auth.sessions"] = Hidden,
        ["auth.refresh_tokens"] = Hidden,
        ["auth.flow_state"] = Hidden,
        ["supabase_migrations.schema_migrations"] = Hidden,
    };

    public static char Of(string table, string verb, int identity) =>
        All[table][Verbs.ToList().IndexOf(verb)].Replace(" ", "", StringComparison.Ordinal)[identity];
}
