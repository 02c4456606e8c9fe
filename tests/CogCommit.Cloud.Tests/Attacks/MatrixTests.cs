using CogCommit.Cloud.Tests.Sql;
using CogCommit.LocalCloud.Auth;
using CogCommit.LocalCloud.Postgres;
using CogCommit.Testing;
using Npgsql;

namespace CogCommit.Cloud.Tests.Attacks;

/// <summary>
/// Everybody tries every verb on every table and calls every function that the catalogue knows; what becomes of it stands by hand in
/// <see cref="TableExpectations"/> and <see cref="FunctionExpectations"/>. Whatever is added to the cloud must be added there.
/// </summary>
public sealed class MatrixTests(PostgresFixture postgres)
{
    private const string Tables = "select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace "
        + "where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_(toast|temp)' order by 1";

    // Other schemas' functions are the project's, as the extensions brought them.
    private const string Functions = "select (p.oid::regprocedure)::text from pg_proc p where p.pronamespace in ('public'::regnamespace, 'cogcommit'::regnamespace) order by 1";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Every_verb_on_every_table_and_every_function_does_for_everybody_what_is_written_down(int privileges)
    {
        await using var cloud = new CloudDatabase(await PreparedAsync(MigrationTests.DefaultPrivileges[privileges]));
        var (owner, other) = (await cloud.AddUserAsync(), await cloud.AddUserAsync());
        var honest = Honest.New(owner.Id);
        await owner.PushAsync(honest.Everything());
        await other.PushAsync(Honest.New(other.Id).Everything());
        await cloud.ScalarAsync("insert into storage.objects (bucket_id, name) select 'visuals', path from public.visuals");
        var identities = Identity.All(owner.Id, other.Id);
        var before = await Standing.WithoutAsync(cloud.Source);

        var tables = await ListAsync(cloud, Tables);
        Assert.Equal(TableExpectations.All.Keys.Order(StringComparer.Ordinal), tables.Order(StringComparer.Ordinal));
        var functions = await ListAsync(cloud, Functions);
        Assert.Equal(FunctionExpectations.All.Keys.Order(StringComparer.Ordinal), functions.Order(StringComparer.Ordinal));

        var wrong = new List<string>();
        var tried = 0;
        foreach (var (identity, i) in identities.Select((identity, i) => (identity, i)))
        {
            await using var session = await MatrixSession.OpenAsync(cloud.Source, identity, owner.Id);
            foreach (var table in tables)
            {
                foreach (var verb in TableExpectations.Verbs)
                {
                    Compare(await session.VerbAsync(table, verb), TableExpectations.Of(table, verb, i), $"{identity.Name}: {verb} {table}");
                }
            }

            foreach (var function in functions)
            {
                Compare(await session.CallAsync(function), FunctionExpectations.Of(function, i), $"{identity.Name}: {function}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Equal(before, await Standing.WithoutAsync(cloud.Source));
        Assert.Equal(identities.Count * ((tables.Count * TableExpectations.Verbs.Count) + functions.Count), tried);
        Figures.Record("policy cases tried", tried);

        void Compare(string found, char expected, string cell)
        {
            tried++;
            if (found != expected.ToString())
            {
                wrong.Add($"{cell}: {found}, not {expected}");
            }
        }
    }

    [Fact]
    public async Task Every_function_that_sets_a_search_path_names_pg_temp_last_and_every_one_that_runs_as_its_owner_sets_it()
    {
        await using var cloud = new CloudDatabase(await postgres.NewDatabaseAsync());
        Assert.Null(await cloud.ScalarAsync(
            """
            select string_agg(p.oid::regprocedure::text, ', ') from pg_proc p
            where p.pronamespace in ('public'::regnamespace, 'cogcommit'::regnamespace)
              and (p.prosecdef or p.proconfig is not null) and p.proconfig is distinct from array['search_path=pg_catalog, pg_temp']
            """));
    }

    [Fact]
    public async Task Nobody_who_calls_may_make_anything_in_a_schema_or_count_with_a_sequence()
    {
        await using var cloud = new CloudDatabase(await PreparedAsync(MigrationTests.DefaultPrivileges[1]));
        Assert.Null(await cloud.ScalarAsync(
            "select string_agg(r || ' ' || nspname, ', ') from pg_namespace, unnest(array['anon', 'authenticated']) r where nspname !~ '^pg_temp' and has_schema_privilege(r, oid, 'create')"));
        Assert.Equal("0", await cloud.ScalarAsync("select count(*) from pg_class where relkind = 'S' and relnamespace in ('public'::regnamespace, 'cogcommit'::regnamespace)"));
        Assert.Null(await cloud.ScalarAsync("select string_agg(r, ', ') from unnest(array['anon', 'authenticated']) r, pg_class where relkind = 'S' and relnamespace = 'auth'::regnamespace and has_sequence_privilege(r, oid, 'usage')"));
    }

    private async Task<string> PreparedAsync(string privileges)
    {
        var database = await postgres.NewEmptyDatabaseAsync();
        await using (var superuser = NpgsqlDataSource.Create(Unpooled(database, PrivateCluster.Superuser)))
        {
            await using var connection = await superuser.OpenConnectionAsync(Cancel);
            await SupabaseBase.ApplyAsync(connection, Cancel);
            await new AuthStore(superuser, TimeProvider.System).PrepareAsync(Cancel);
            await Migrations.ExecuteAsync(connection, privileges + ";", Cancel);
        }

        await using var owner = new NpgsqlConnection(Unpooled(database, SupabaseBase.MigrationRole));
        await owner.OpenAsync(Cancel);
        await Migrations.ApplyAsync(owner, Cancel);
        return database;
    }

    private static string Unpooled(string database, string user) =>
        new NpgsqlConnectionStringBuilder(database) { Username = user, Pooling = false }.ConnectionString;

    private static async Task<List<string>> ListAsync(CloudDatabase cloud, string sql)
    {
        // Without a search_path every name is told in full.
        var list = await cloud.ActAsync("none", null, async connection =>
        {
            await CloudDatabase.ScalarAsync(connection, "set local search_path = ''");
            return await CloudDatabase.ScalarAsync(connection, $"select string_agg(x, '|') from ({sql}) x (x)");
        });
        return [.. list!.Split('|')];
    }
}
