using System.Text.Json;

namespace CogCommit.Cloud.Tests.LocalCloud;

/// <summary>Functions called by name, in PostgREST's words.</summary>
[Collection("rest tables")]
public sealed class RpcTests(RestTables tables, LocalCloudFixture cloud)
{
    [Fact]
    public async Task A_function_runs_as_the_tokens_user_and_connects_as_nobody()
    {
        var (user, id) = await cloud.NewClientUserAsync();
        using (user)
        {
            var (status, body) = await RestTables.CallAsync(user, "rt_echo", """{"value":{"a":[1,null,"\u00e9"]}}""");
            Assert.Equal(200, status);
            Assert.Equal(id, body.GetProperty("user").GetGuid());
            Assert.Equal("authenticated", body.GetProperty("role").GetString());
            Assert.Equal("authenticator", body.GetProperty("session").GetString());
            Assert.Equal("[1,null,\"é\"]", JsonSerializer.Serialize(body.GetProperty("value").GetProperty("a"), RelaxedJson));
            Assert.Equal(1, body.GetProperty("times").GetInt32());
        }
    }

    private static readonly JsonSerializerOptions RelaxedJson = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Theory]
    [InlineData("""{"value":"text","times":7}""", "\"text\"")]
    [InlineData("""{"times":7,"value":3.50}""", "3.50")]
    [InlineData("""{"value":[],"times":7}""", "[]")]
    [InlineData("""{"value":null,"times":7}""", "null")]
    [InlineData("""{"value":true,"times":"7"}""", "true")]
    public async Task Arguments_come_by_name_in_any_order_and_keep_their_form(string arguments, string value)
    {
        using var user = await tables.NewUserAsync(0);
        var (status, body) = await RestTables.CallAsync(user, "rt_echo", arguments);
        Assert.Equal(200, status);
        Assert.Equal(value, body.GetProperty("value").GetRawText());
        Assert.Equal(7, body.GetProperty("times").GetInt32());
    }

    [Fact]
    public async Task Sets_are_lists_and_nothing_is_no_content()
    {
        using var user = await tables.NewUserAsync(0);
        Assert.Equal(3, (await RestTables.CallAsync(user, "rt_rows", """{"n":3}""")).Body.GetArrayLength());
        Assert.Equal(0, (await RestTables.CallAsync(user, "rt_rows", """{"n":0}""")).Body.GetArrayLength());
        Assert.Equal(204, (await RestTables.CallAsync(user, "rt_nothing", "{}")).Status);
    }

    [Theory]
    [InlineData("22023", 400)]
    [InlineData("P0001", 400)]
    [InlineData("42501", 403)]
    [InlineData("23505", 409)]
    [InlineData("PT413", 413)]
    [InlineData("PT429", 429)]
    [InlineData("XX000", 500)]
    [InlineData("57014", 500)]
    [InlineData("40001", 500)]
    public async Task An_error_has_PostgRESTs_status_and_all_its_parts(string state, int status)
    {
        using var user = await tables.NewUserAsync(0);
        var (answered, body) = await RestTables.CallAsync(user, "rt_fail", $$"""{"state":"{{state}}","message":"what happened"}""");
        Assert.Equal(status, answered);
        Assert.Equal(state, body.GetProperty("code").GetString());
        Assert.Equal("what happened", body.GetProperty("message").GetString());
        Assert.Equal("the detail", body.GetProperty("details").GetString());
        Assert.Equal("the hint", body.GetProperty("hint").GetString());
    }

    [Theory]
    [InlineData("rt_unknown", "{}", 404, "PGRST202")]
    [InlineData("rt_echo", "{}", 404, "PGRST202")]
    [InlineData("rt_echo", """{"value":1,"extra":2}""", 404, "PGRST202")]
    [InlineData("rt_echo", "[1]", 400, "PGRST102")]
    [InlineData("rt_echo", "{\"value\":", 400, "PGRST102")]
    [InlineData("rt_echo", "", 400, "PGRST102")]
    [InlineData("rt_echo", """{"value":1,"times":"many"}""", 400, "22P02")]
    [InlineData("rt_echo", """{"value":"\u0000"}""", 400, "22P05")]
    [InlineData("rt_secret", "{}", 403, "42501")]
    [InlineData("rt_echo(1); drop table public.rt_books; --", "{}", 404, "PGRST202")]
    [InlineData("rt_echo", """{"value\" => 1); drop table public.rt_books; --":1}""", 404, "PGRST202")]
    public async Task What_cannot_be_called_says_why(string function, string arguments, int status, string code)
    {
        using var user = await tables.NewUserAsync(1);
        var (answered, body) = await RestTables.CallAsync(user, Uri.EscapeDataString(function), arguments);
        Assert.Equal((status, code), (answered, body.GetProperty("code").GetString()));
        Assert.Equal(1, (await RestTables.GetAsync(user, "rt_books")).GetArrayLength());
    }

    [Fact]
    public async Task Without_a_token_a_function_that_wants_one_is_401()
    {
        using var http = cloud.NewClient(null);
        var (status, body) = await RestTables.CallAsync(http, "rt_echo", """{"value":1}""");
        Assert.Equal((401, "42501"), (status, body.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Who_asked_before_leaves_nothing_on_the_connection()
    {
        var (first, _) = await cloud.NewClientUserAsync();
        using (first)
        {
            await RestTables.CallAsync(first, "rt_echo", """{"value":1}""");
        }

        var (second, id) = await cloud.NewClientUserAsync();
        using (second)
        {
            var callers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => RestTables.CallAsync(second, "rt_echo", """{"value":1}""")));
            Assert.All(callers, call => Assert.Equal(id, call.Body.GetProperty("user").GetGuid()));
        }
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_413()
    {
        using var user = await tables.NewUserAsync(0);
        var (status, body) = await RestTables.CallAsync(user, "rt_echo", "{\"value\":\"" + new string('x', 17 * 1024 * 1024) + "\"}");
        Assert.Equal((413, "PT413"), (status, body.GetProperty("code").GetString()));
        Assert.Equal(200, (await RestTables.CallAsync(user, "rt_echo", "{\"value\":\"" + new string('x', 5 * 1024 * 1024) + "\"}")).Status);
    }
}
