using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace CogCommit.Cloud.Tests.LocalCloud;

/// <summary>Plain reads of tables, in PostgREST's words.</summary>
[Collection("rest tables")]
public sealed class RestTableTests(RestTables tables, LocalCloudFixture cloud)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everybody_sees_their_own_rows_only()
    {
        using var one = await tables.NewUserAsync(2);
        using var two = await tables.NewUserAsync(3);
        Assert.Equal(2, (await RestTables.GetAsync(one, "rt_shelves?select=*")).GetArrayLength());
        Assert.Equal(3, (await RestTables.GetAsync(two, "rt_shelves")).GetArrayLength());
    }

    [Fact]
    public async Task Embedding_follows_the_one_foreign_key_both_ways()
    {
        using var user = await tables.NewUserAsync(3);
        using var other = await tables.NewUserAsync(3);
        var shelves = await RestTables.GetAsync(user, "rt_shelves?select=name,rt_books(title,pages)&order=id.desc");
        Assert.Equal(["shelf 3", "shelf 2", "shelf 1"], shelves.EnumerateArray().Select(shelf => shelf.GetProperty("name").GetString()));
        Assert.Equal([3, 2, 1], shelves.EnumerateArray().Select(shelf => shelf.GetProperty("rt_books").GetArrayLength()));

        var books = await RestTables.GetAsync(user, "rt_books?select=title,shelf:rt_shelves(name,rt_books(id))&title=eq.book 2.1");
        var shelf = Assert.Single(books.EnumerateArray()).GetProperty("shelf");
        Assert.Equal("shelf 2", shelf.GetProperty("name").GetString());
        Assert.Equal(2, shelf.GetProperty("rt_books").GetArrayLength());
    }

    [Fact]
    public async Task Embedded_rows_are_filtered_ordered_and_cut_by_their_path_and_inner_leaves_out_the_empty()
    {
        using var user = await tables.NewUserAsync(4);
        var shelves = await RestTables.GetAsync(user, "rt_shelves?select=id,rt_books(id)&rt_books.order=id.desc&rt_books.limit=1&rt_books.pages=lt.40&order=id");
        Assert.Equal([101, 202, 303, 403], shelves.EnumerateArray().Select(shelf => shelf.GetProperty("rt_books")[0].GetProperty("id").GetInt32()));
        var inner = await RestTables.GetAsync(user, "rt_shelves?select=id,rt_books!inner(id)&rt_books.pages=gte.30&order=id");
        Assert.Equal([3, 4], inner.EnumerateArray().Select(shelf => shelf.GetProperty("id").GetInt32()));
        var hint = await RestTables.GetAsync(user, "rt_shelves?select=id,rt_books!rt_books_shelf(id)&limit=1");
        Assert.Equal(1, hint.GetArrayLength());
    }

    [Theory]
    [InlineData("id=eq.2", "2")]
    [InlineData("id=neq.2", "1,3,4")]
    [InlineData("id=gt.2", "3,4")]
    [InlineData("id=gte.2&id=lt.4", "2,3")]
    [InlineData("id=lte.1", "1")]
    [InlineData("id=in.(1,3)", "1,3")]
    [InlineData("id=not.in.(1,3)", "2,4")]
    [InlineData("id=in.()", "")]
    [InlineData("name=in.(\"shelf 1\",\"a,b\")", "1")]
    [InlineData("name=is.null", "")]
    [InlineData("name=not.is.null", "1,2,3,4")]
    [InlineData("name=like.*2", "2")]
    [InlineData("made=gte.2026-01-04T00:00:00Z", "3,4")]
    [InlineData("limit=2", "1,2")]
    [InlineData("limit=2&offset=1", "2,3")]
    [InlineData("limit=0", "")]
    [InlineData("\"odd \\\"name\\\"\"=eq.odd 3", "3")]
    public async Task Filters_limit_and_offset(string query, string ids)
    {
        using var user = await tables.NewUserAsync(4);
        var rows = await RestTables.GetAsync(user, "rt_shelves?select=id&order=id.asc.nullslast&" + Uri.EscapeDataString(query).Replace("%3D", "=", StringComparison.Ordinal).Replace("%26", "&", StringComparison.Ordinal));
        Assert.Equal(ids, string.Join(',', rows.EnumerateArray().Select(row => row.GetProperty("id").GetInt32())));
    }

    [Theory]
    [InlineData(999)]
    [InlineData(1000)]
    [InlineData(1001)]
    [InlineData(2000)]
    public async Task No_list_has_more_than_a_thousand_rows_nor_an_embedded_one(int books)
    {
        var (user, id) = await cloud.NewClientUserAsync();
        using (user)
        {
            await cloud.RunAsync("insert into public.rt_shelves values (1, $1, 'full')", id);
            await cloud.RunAsync("insert into public.rt_books select i, $1, 1, 'book' from generate_series(1, $2) i", id, books);
            Assert.Equal(Math.Min(books, 1000), (await RestTables.GetAsync(user, "rt_books?limit=5000")).GetArrayLength());
            var shelf = (await RestTables.GetAsync(user, "rt_shelves?select=rt_books(id)"))[0];
            Assert.Equal(Math.Min(books, 1000), shelf.GetProperty("rt_books").GetArrayLength());
        }
    }

    [Fact]
    public async Task Ranges_and_counts_are_told_in_Content_Range()
    {
        using var user = await tables.NewUserAsync(5);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/rest/v1/rt_shelves?order=id");
        request.Headers.TryAddWithoutValidation("Range", "1-2");
        request.Headers.Add("Prefer", "count=exact");
        using var answer = await user.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
        Assert.Equal("1-2/5", answer.Content.Headers.GetValues("Content-Range").Single());
        Assert.Equal(2, (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetArrayLength());

        using var head = new HttpRequestMessage(HttpMethod.Head, "/rest/v1/rt_shelves");
        using var none = await user.SendAsync(head, Cancel);
        Assert.Equal("0-4/*", none.Content.Headers.GetValues("Content-Range").Single());
        Assert.Empty(await none.Content.ReadAsByteArrayAsync(Cancel));
    }

    [Fact]
    public async Task One_object_is_asked_for_by_its_media_type()
    {
        using var user = await tables.NewUserAsync(2);
        user.DefaultRequestHeaders.Add("Accept", "application/vnd.pgrst.object+json");
        Assert.Equal("shelf 1", (await RestTables.GetAsync(user, "rt_shelves?id=eq.1")).GetProperty("name").GetString());
        using var two = await user.GetAsync("/rest/v1/rt_shelves", Cancel);
        Assert.Equal((HttpStatusCode.NotAcceptable, "PGRST116"), await CodeOf(two));
    }

    [Theory]
    [InlineData("rt_missing", HttpStatusCode.NotFound, "PGRST205")]
    [InlineData("rt_shelves?select=id,nothing", HttpStatusCode.BadRequest, "42703")]
    [InlineData("rt_shelves?select=id,rt_private(*)", HttpStatusCode.BadRequest, "PGRST200")]
    [InlineData("rt_shelves?select=id(", HttpStatusCode.BadRequest, "PGRST100")]
    [InlineData("rt_shelves?id=is.7", HttpStatusCode.BadRequest, "PGRST100")]
    [InlineData("rt_shelves?id=5", HttpStatusCode.BadRequest, "PGRST100")]
    [InlineData("rt_shelves?id=eq.seven", HttpStatusCode.BadRequest, "22P02")]
    [InlineData("rt_shelves?limit=-1", HttpStatusCode.BadRequest, "PGRST100")]
    [InlineData("rt_shelves?order=id.sideways", HttpStatusCode.BadRequest, "PGRST100")]
    [InlineData("rt_shelves?or=(id.eq.1,id.eq.2)", HttpStatusCode.BadRequest, "PGRST100")]
    [InlineData("rt_shelves?rt_books.id=eq.1", HttpStatusCode.BadRequest, "PGRST108")]
    [InlineData("rt_private", HttpStatusCode.Forbidden, "42501")]
    public async Task What_cannot_be_answered_says_why_in_PostgRESTs_form(string path, HttpStatusCode status, string code)
    {
        using var user = await tables.NewUserAsync(1);
        using var answer = await user.GetAsync("/rest/v1/" + path, Cancel);
        Assert.Equal((status, code), await CodeOf(answer));
    }

    [Fact]
    public async Task Without_a_token_one_is_anon_and_is_told_to_bring_one()
    {
        using var http = cloud.NewClient(null);
        using var answer = await http.GetAsync("/rest/v1/rt_shelves", Cancel);
        Assert.Equal((HttpStatusCode.Unauthorized, "42501"), await CodeOf(answer));
        using var forged = cloud.NewClient(cloud.Server.AnonKey[..^2] + "xx");
        using var refused = await forged.GetAsync("/rest/v1/rt_shelves", Cancel);
        Assert.Equal((HttpStatusCode.Unauthorized, "PGRST301"), await CodeOf(refused));
    }

    [Theory]
    [InlineData("rt_shelves\"; drop table public.rt_books; --", "")]
    [InlineData("rt_shelves", "select=id\" from pg_authid; --")]
    [InlineData("rt_shelves", "select=\"id\\\" from pg_authid; --\"")]
    [InlineData("rt_shelves", "select=x\":id")]
    [InlineData("rt_shelves", "id\"=eq.1")]
    [InlineData("rt_shelves", "id\" is null); drop table public.rt_books; --=eq.1")]
    [InlineData("rt_shelves", "order=id;drop table public.rt_books")]
    [InlineData("rt_shelves", "order=\"id\"\" ; drop table public.rt_books; --\"")]
    [InlineData("rt_shelves", "limit=1;drop table public.rt_books")]
    [InlineData("rt_shelves", "name=in.(a),(select current_user)")]
    [InlineData("rt_shelves", "name=eq.'; drop table public.rt_books; --")]
    [InlineData("rt_shelves", "name=eq.$1")]
    [InlineData("rt_shelves", "name=is.null or true")]
    [InlineData("rt_shelves", "select=rt_books!inner\" on true;--(id)")]
    [InlineData("rt_shelves", "name=eq.a\0b")]
    public async Task Nothing_that_is_said_becomes_SQL(string table, string query)
    {
        using var user = await tables.NewUserAsync(2);
        var escaped = string.Join('=', query.Split('=', 2).Select(Uri.EscapeDataString));
        using var answer = await user.GetAsync($"/rest/v1/{Uri.EscapeDataString(table)}?{escaped}", Cancel);
        var body = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True((int)answer.StatusCode is 400 or 404 || body == "[]", $"{answer.StatusCode}: {body}");
        Assert.Equal(3, (await RestTables.GetAsync(user, "rt_books")).GetArrayLength());
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    public async Task Tables_are_not_written_this_way(string method)
    {
        using var user = await tables.NewUserAsync(1);
        using var request = new HttpRequestMessage(new HttpMethod(method), "/rest/v1/rt_books") { Content = JsonContent.Create(new { id = 1 }) };
        using var answer = await user.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(1, (await RestTables.GetAsync(user, "rt_books")).GetArrayLength());
    }

    private static async Task<(HttpStatusCode Status, string? Code)> CodeOf(HttpResponseMessage answer) =>
        (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString());
}
