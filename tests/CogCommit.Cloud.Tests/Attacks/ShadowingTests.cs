using CogCommit.Cloud.Tests.Sql;

namespace CogCommit.Cloud.Tests.Attacks;

/// <summary>
/// What somebody who had a session of their own in the database could lay in the way of push, which runs as its owner. PostgREST gives
/// nobody such a session; push must not lean on that.
/// </summary>
public sealed class ShadowingTests(PostgresFixture postgres) : AttackTests(postgres)
{
    private const string Push = """select public.cogcommit_push('{"protocol": 1, "push_id": "00000000-0000-4000-8000-00000000000a", "machine": {"machine_id": "mine"}}') ->> 'seq'""";

    [Theory]
    [InlineData("uuid")]
    [InlineData("jsonb")]
    [InlineData("text")]
    [InlineData("int4")]
    [InlineData("int8")]
    [InlineData("bool")]
    [InlineData("timestamptz")]
    public async Task A_temporary_type_named_like_one_of_ours_does_not_run_its_check_as_the_owner_of_push(string type) =>
        Assert.Equal("none", await Cloud.ActAsync("authenticated", Attacker.Claims, async connection =>
        {
            await CloudDatabase.ScalarAsync(
                connection,
                $"""
                create temp table seen (who text);
                grant all on seen to public;
                create function pg_temp.spy(x pg_catalog.{type}) returns pg_catalog.bool language plpgsql as $$ begin insert into pg_temp.seen values (current_user); return true; end $$;
                create domain pg_temp.{type} as pg_catalog.{type} check (pg_temp.spy(value));
                """);
            Assert.Equal("1", await CloudDatabase.ScalarAsync(connection, Push));
            var seen = await CloudDatabase.ScalarAsync(connection, "select coalesce(string_agg(distinct who, ','), 'none') from seen where who <> 'authenticated'");
            Tried(seen, type);
            return seen;
        }));

    [Fact]
    public async Task Temporary_tables_and_operators_of_one_s_own_are_not_what_push_uses() =>
        Assert.Equal("1 1 1", await Cloud.ActAsync("authenticated", Attacker.Claims, async connection =>
        {
            foreach (var table in new[] { "user_profiles", "user_quotas", "sync_heads", "sync_pushes", "machines", "projects", "cognitive_commits", "sessions", "turns", "visuals" })
            {
                await CloudDatabase.ScalarAsync(connection, $"create temp table {table} as table public.{table}");
                Tried(null, table);
            }

            await CloudDatabase.ScalarAsync(
                connection,
                """
                update pg_temp.user_quotas set commit_limit = 1000000;
                create function pg_temp.equal(uuid, uuid) returns boolean language sql immutable as 'select true';
                create operator pg_temp.= (leftarg = uuid, rightarg = uuid, function = pg_temp.equal);
                create function pg_temp.uid() returns uuid language sql immutable as 'select null::uuid';
                set local search_path = pg_temp, public, pg_catalog;
                """);
            var seq = await CloudDatabase.ScalarAsync(connection, Push);
            Tried(seq, "operators");
            return seq + " " + await CloudDatabase.ScalarAsync(connection, "select (select count(*) from public.sync_heads) || ' ' || (select count(*) from public.machines)");
        }));

    [Theory]
    [InlineData("create schema cogcommit2")]
    [InlineData("create table public.mine (id int)")]
    [InlineData("create function public.uuid_generate_v5(uuid, text) returns uuid language sql as 'select null::uuid'")]
    [InlineData("create function cogcommit.cloud_id(uuid, uuid) returns uuid language sql as 'select null::uuid'")]
    [InlineData("create or replace function cogcommit.cloud_id(owner uuid, local uuid) returns uuid language sql as 'select owner'")]
    [InlineData("create table cogcommit.mine (id int)")]
    [InlineData("create function extensions.uuid_generate_v5(text, text) returns uuid language sql as 'select null::uuid'")]
    [InlineData("create function auth.uid(int) returns uuid language sql as 'select null::uuid'")]
    [InlineData("create or replace function auth.uid() returns uuid language sql as 'select null::uuid'")]
    [InlineData("create function storage.mine() returns uuid language sql as 'select null::uuid'")]
    [InlineData("create function realtime.mine() returns uuid language sql as 'select null::uuid'")]
    [InlineData("alter table public.turns disable row level security")]
    [InlineData("alter table storage.objects disable row level security")]
    [InlineData("create policy mine on public.turns for select using (true)")]
    [InlineData("drop policy \"own turns\" on public.turns")]
    [InlineData("alter function public.cogcommit_pull(jsonb, int) security definer")]
    [InlineData("alter role authenticated bypassrls")]
    [InlineData("set local session_replication_role = replica")]
    [InlineData("set local role postgres; select 1")]
    [InlineData("create trigger t before insert on public.turns for each row execute function cogcommit.announce_push()")]
    [InlineData("create trigger t before insert on storage.objects for each row execute function cogcommit.announce_push()")]
    [InlineData("create rule r as on insert to public.turns do also select 1")]
    [InlineData("comment on table public.turns is 'mine'")]
    [InlineData("lock table public.sync_heads in exclusive mode")]
    [InlineData("select pg_read_file('postgresql.conf')")]
    [InlineData("copy (select 1) to program 'id'")]
    [InlineData("select lo_import('/etc/passwd')")]
    public async Task A_role_of_callers_can_make_nothing_in_our_schemas_and_change_nothing_there(string sql)
    {
        // The connection that PostgREST has belongs to authenticator; as the tests' superuser `set role` would always be allowed.
        await Cloud.ScalarAsync("do $$ begin if not exists (select from pg_roles where rolname = 'authenticator' and rolcanlogin) then raise 'no authenticator'; end if; end $$");
        var answer = await Cloud.ActAsync("none", null, async connection =>
        {
            await CloudDatabase.ScalarAsync(connection, "set local session authorization authenticator; set local role authenticated");
            return (await Record.ExceptionAsync(() => CloudDatabase.ScalarAsync(connection, sql)) as Npgsql.PostgresException)?.SqlState ?? "done";
        });
        Tried(answer, sql);
        Assert.Equal("42501", answer);
    }
}
