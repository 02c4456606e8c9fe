using System.Net.Http.Json;
using System.Text.Json;

namespace CogCommit.Cloud.Tests.LocalCloud;

/// <summary>Tables made for the tests of the REST endpoints: shelves and their books, each row for its owner's eyes only.</summary>
public sealed class RestTables(LocalCloudFixture cloud) : IAsyncLifetime
{
    private const string Sql = """"
        create table public.rt_shelves (
          id int not null, user_id uuid not null, name text, "odd ""name""" text, made timestamptz, primary key (id, user_id));
        create table public.rt_books (
          id int not null, user_id uuid not null, shelf_id int, title text, pages int, tags jsonb, primary key (id, user_id),
          constraint rt_books_shelf foreign key (shelf_id, user_id) references public.rt_shelves (id, user_id));
        create table public.rt_private (id int);
        alter table public.rt_shelves enable row level security;
        alter table public.rt_books enable row level security;
        create policy own on public.rt_shelves for select to authenticated using (user_id = (select auth.uid()));
        create policy own on public.rt_books for select to authenticated using (user_id = (select auth.uid()));
        revoke all on public.rt_shelves, public.rt_books, public.rt_private from public, anon, authenticated;
        grant select on public.rt_shelves, public.rt_books to authenticated;

        create function public.rt_echo(value jsonb, times int default 1) returns jsonb language sql stable
          as $$ select jsonb_build_object('value', value, 'times', times, 'user', auth.uid(), 'role', current_user, 'session', session_user) $$;
        create function public.rt_rows(n int) returns table (i int) language sql as $$ select generate_series(1, n) $$;
        create function public.rt_nothing() returns void language sql as $$ select null $$;
        create function public.rt_fail(state text, message text) returns jsonb language plpgsql
          as $$ begin raise exception using errcode = state, message = message, detail = 'the detail', hint = 'the hint'; end $$;
        create function public.rt_secret() returns int language sql as $$ select 1 $$;
        revoke all on function public.rt_echo, public.rt_rows, public.rt_nothing, public.rt_fail, public.rt_secret from public, anon, authenticated;
        grant execute on function public.rt_echo, public.rt_rows, public.rt_nothing, public.rt_fail to authenticated;
        """";

    private const string Drop = """
        drop table if exists public.rt_books, public.rt_shelves, public.rt_private;
        drop function if exists public.rt_echo, public.rt_rows, public.rt_nothing, public.rt_fail, public.rt_secret;
        """;

    public async ValueTask InitializeAsync() => await cloud.RunAsync(Drop + Sql);

    public async ValueTask DisposeAsync() => await cloud.RunAsync(Drop);

    /// <summary>A new user with <paramref name="shelves"/> shelves, each with as many books as its number.</summary>
    public async Task<HttpClient> NewUserAsync(int shelves)
    {
        var (client, id) = await cloud.NewClientUserAsync("reader");
        await cloud.RunAsync(
            """
            insert into public.rt_shelves select i, $1, 'shelf ' || i, 'odd ' || i, timestamptz '2026-01-01 00:00Z' + i * interval '1 day' from generate_series(1, $2) i
            """,
            id,
            shelves);
        await cloud.RunAsync(
            """
            insert into public.rt_books select i * 100 + j, $1, i, 'book ' || i || '.' || j, j * 10, jsonb_build_array(i, j)
            from generate_series(1, $2) i, generate_series(1, i) j
            """,
            id,
            shelves);
        return client;
    }

    public static async Task<JsonElement> GetAsync(HttpClient client, string pathAndQuery)
    {
        using var answer = await client.GetAsync("/rest/v1/" + pathAndQuery, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}: {text}");
        return JsonElement.Parse(text);
    }

    public static async Task<(int Status, JsonElement Body)> CallAsync(HttpClient client, string function, string arguments)
    {
        using var content = new StringContent(arguments, System.Text.Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync("/rest/v1/rpc/" + function, content, TestContext.Current.CancellationToken);
        return ((int)answer.StatusCode, answer.StatusCode == System.Net.HttpStatusCode.NoContent ? default : await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken));
    }
}
