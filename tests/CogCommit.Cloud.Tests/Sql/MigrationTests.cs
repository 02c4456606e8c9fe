using System.Text.RegularExpressions;
using CogCommit.LocalCloud.Postgres;
using Npgsql;
using static CogCommit.Cloud.Tests.Sql.Batch;

namespace CogCommit.Cloud.Tests.Sql;

public sealed partial class MigrationTests(PostgresFixture postgres)
{
    internal static readonly string[] DefaultPrivileges =
    [
        "",
        // Wide: whatever the migrations make is everybody's until they say otherwise.
        """
        alter default privileges for role postgres grant all on tables to public, anon, authenticated;
        alter default privileges for role postgres grant all on functions to public, anon, authenticated;
        alter default privileges for role postgres grant all on schemas to public, anon, authenticated;
        """,
        // Empty: nothing is anybody's until they say so.
        """
        alter default privileges for role postgres in schema public revoke all on tables from anon, authenticated, service_role;
        alter default privileges for role postgres in schema public revoke all on functions from anon, authenticated, service_role;
        alter default privileges for role postgres revoke execute on functions from public;
        alter default privileges for role postgres revoke usage on types from public;
        """,
    ];

    [Fact]
    public async Task They_apply_once_and_then_have_nothing_to_do()
    {
        var database = await PreparedAsync("");
        Assert.Equal(Migrations.All.Select(migration => migration.Name), await ApplyAsync(database));
        Assert.Empty(await ApplyAsync(database));
        await using var cloud = new CloudDatabase(database);
        Assert.Equal(
            string.Join(',', Migrations.All.Select(migration => $"{migration.Version}_{migration.Name}")),
            await cloud.ScalarAsync("select string_agg(version || '_' || name, ',' order by version) from supabase_migrations.schema_migrations"));
    }

    [Fact]
    public async Task They_are_applied_by_a_role_that_is_no_superuser_over_schemas_that_others_own()
    {
        await using var cloud = new CloudDatabase(await postgres.NewDatabaseAsync());
        Assert.Equal("False", await cloud.ScalarAsync("select rolsuper from pg_roles where rolname = 'postgres'"));
        Assert.Equal("postgres", await cloud.ScalarAsync("select string_agg(distinct relowner::regrole::text, ',') from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'"));
        Assert.Equal(
            "auth=supabase_auth_admin,realtime=supabase_realtime_admin,storage=supabase_storage_admin",
            await cloud.ScalarAsync("select string_agg(nspname || '=' || nspowner::regrole, ',' order by nspname) from pg_namespace where nspname in ('auth', 'storage', 'realtime')"));
    }

    [Fact]
    public async Task Each_may_run_again_over_itself()
    {
        var database = await PreparedAsync("");
        await ApplyAsync(database);
        await using var connection = await OpenAsync(database, SupabaseBase.MigrationRole);
        foreach (var migration in Migrations.All)
        {
            await Migrations.ExecuteAsync(connection, migration.Sql, TestContext.Current.CancellationToken);
        }

        await SyncsAsync(database);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task With_usual_wide_and_empty_default_privileges_the_same_is_allowed(int privileges)
    {
        var database = await PreparedAsync(DefaultPrivileges[privileges]);
        await ApplyAsync(database);
        await SyncsAsync(database);
        await using var cloud = new CloudDatabase(database);
        const string Tables = "select string_agg(distinct p, ',') from pg_class c, unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) p "
            + "where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and has_table_privilege($1, c.oid, p)";
        Assert.Equal("SELECT", await cloud.ScalarAsync(Tables, "authenticated"));
        Assert.Null(await cloud.ScalarAsync(Tables, "anon"));
        Assert.Equal("True", await cloud.ScalarAsync(
            "select bool_and(has_table_privilege('authenticated', c.oid, 'SELECT')) from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'"));
        const string Functions = "select string_agg(proname, ',' order by proname) from pg_proc where pronamespace = 'public'::regnamespace and has_function_privilege($1, oid, 'execute')";
        Assert.Equal("cogcommit_delete_account,cogcommit_digest,cogcommit_pictures,cogcommit_pull,cogcommit_push,cogcommit_wipe", await cloud.ScalarAsync(Functions, "authenticated"));
        Assert.Null(await cloud.ScalarAsync(Functions, "anon"));
        Assert.Equal("False", await cloud.ScalarAsync("select has_schema_privilege('anon', 'cogcommit', 'usage')"));
    }

    [Fact]
    public async Task Where_the_policy_of_realtime_is_refused_the_rest_is_there_and_syncs()
    {
        var database = await PreparedAsync("alter table realtime.messages owner to supabase_admin");
        var notices = new List<string>();
        await ApplyAsync(database, notices);
        Assert.Contains(notices, notice => notice.Contains("realtime.messages", StringComparison.Ordinal));
        await SyncsAsync(database);
    }

    [Fact]
    public async Task Where_the_trigger_of_Storage_is_refused_the_rest_is_there_and_the_policies_hold()
    {
        var database = await PreparedAsync("revoke trigger on storage.objects from supabase_storage_admin, postgres");
        var notices = new List<string>();
        await ApplyAsync(database, notices);
        Assert.Contains(notices, notice => notice.Contains("storage.objects", StringComparison.Ordinal));
        await SyncsAsync(database);
        await using var cloud = new CloudDatabase(database);
        var user = await cloud.AddUserAsync();
        var (commit, _, _, batch) = Whole();
        batch["visuals"]!.AsArray().Add(Visual(NewId(), commit, byteSize: 10).Row);
        var path = (string)(await user.PushAsync(batch))["results"]!["visuals"]![0]!["path"]!;
        const string Insert = "insert into storage.objects (bucket_id, name, metadata) values ('visuals', $1, $2) returning name";
        await Assert.ThrowsAsync<PostgresException>(() => user.ScalarAsync(Insert, path, System.Text.Json.Nodes.JsonNode.Parse("""{"size": 11}""")!));
        Assert.Equal(path, await user.ScalarAsync(Insert, path, System.Text.Json.Nodes.JsonNode.Parse("""{"size": 10}""")!));
    }

    [Fact]
    public async Task Where_realtime_cannot_send_a_push_goes_through_all_the_same()
    {
        var database = await PreparedAsync("drop function realtime.send(jsonb, text, text, boolean)");
        await ApplyAsync(database);
        await SyncsAsync(database);
    }

    [Fact]
    public async Task Between_each_embedded_pair_is_exactly_one_foreign_key()
    {
        await using var cloud = new CloudDatabase(await postgres.NewDatabaseAsync());
        Assert.Null(await cloud.ScalarAsync(
            """
            select string_agg(conrelid::regclass || ' -> ' || confrelid::regclass, ', ') from (
              select conrelid, confrelid from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace group by 1, 2 having count(*) > 1) twice
            """));
        Assert.Equal(
            "cognitive_commits -> machines (origin_machine_id,user_id), cognitive_commits -> projects (project_id,user_id), cognitive_commits -> user_profiles (user_id), "
            + "sessions -> cognitive_commits (commit_id,user_id), turns -> sessions (session_id,user_id), visuals -> cognitive_commits (commit_id,user_id)",
            await cloud.ScalarAsync(
                """
                select string_agg(pair, ', ' order by pair) from (
                  select conrelid::regclass || ' -> ' || confrelid::regclass || ' (' || (
                    select string_agg(attname, ',' order by place) from unnest(conkey) with ordinality k (num, place) join pg_attribute on attrelid = conrelid and attnum = num) || ')' as pair
                  from pg_constraint where contype = 'f' and conrelid in ('cognitive_commits'::regclass, 'sessions'::regclass, 'turns'::regclass, 'visuals'::regclass)) pairs
                """));
        // A table whose primary key joined two others would be a second way to embed them.
        Assert.Equal("0", await cloud.ScalarAsync("select count(*) from pg_constraint where contype = 'p' and conrelid in ('sessions'::regclass, 'turns'::regclass, 'visuals'::regclass) and cardinality(conkey) > 1"));
    }

    [Fact]
    public async Task Every_synced_table_is_indexed_by_user_and_seq_and_unique_by_user_and_local_id()
    {
        await using var cloud = new CloudDatabase(await postgres.NewDatabaseAsync());
        foreach (var table in new[] { "cognitive_commits", "sessions", "turns", "visuals" })
        {
            var indexes = await cloud.ScalarAsync("select string_agg(indexdef, ';') from pg_indexes where schemaname = 'public' and tablename = $1", table);
            Assert.Contains("(user_id, seq)", indexes, StringComparison.Ordinal);
            Assert.Matches(UniqueLocalId(), indexes);
        }
    }

    [Fact]
    public void They_leave_alone_what_the_project_owns_for_others()
    {
        foreach (var migration in Migrations.All)
        {
            Assert.DoesNotMatch(Forbidden(), migration.Sql);
        }

        // What a project may refuse stands alone.
        Assert.Equal(["realtime"], Migrations.All.Where(migration => migration.Sql.Contains("realtime.messages", StringComparison.Ordinal)).Select(migration => migration.Name));
    }

    private async Task<string> PreparedAsync(string sql)
    {
        var database = await postgres.NewEmptyDatabaseAsync();
        await using var superuser = await OpenAsync(database, PrivateCluster.Superuser);
        await SupabaseBase.ApplyAsync(superuser, TestContext.Current.CancellationToken);
        await Migrations.ExecuteAsync(superuser, sql + ";", TestContext.Current.CancellationToken);
        return database;
    }

    private static async Task<IReadOnlyList<string>> ApplyAsync(string database, List<string>? notices = null)
    {
        await using var connection = await OpenAsync(database, SupabaseBase.MigrationRole);
        connection.Notice += (_, e) => notices?.Add(e.Notice.MessageText);
        return await Migrations.ApplyAsync(connection, TestContext.Current.CancellationToken);
    }

    private static async Task SyncsAsync(string database)
    {
        await using var cloud = new CloudDatabase(database);
        var user = await cloud.AddUserAsync();
        var (_, _, turn, batch) = Whole();
        Assert.Equal("accepted", (await user.PushAsync(batch)).Status("turns", turn));
        Assert.NotNull((await user.PullAsync()).Row("turns", turn));
        Assert.Single((await user.DigestAsync())["commits"]!.AsArray());
    }

    private static async Task<NpgsqlConnection> OpenAsync(string database, string user)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database) { Username = user, Pooling = false }.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return connection;
    }

    [GeneratedRegex(@"UNIQUE INDEX \S+ ON public\.\w+ USING btree \(user_id, local_id\)")]
    private static partial Regex UniqueLocalId();

    [GeneratedRegex(@"(?im)^[^-]*\b((alter|comment on|drop) table (auth|storage|realtime)\.|comment on|publication|pg_cron|cron\.schedule|cognitive_sessions|cognitive_turns)")]
    private static partial Regex Forbidden();
}
