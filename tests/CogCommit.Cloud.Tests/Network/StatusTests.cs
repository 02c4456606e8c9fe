namespace CogCommit.Cloud.Tests.Network;

/// <summary>Answers by their status: what is tried again, how often, for how long, what the user reads, and that nothing is lost.</summary>
public sealed class StatusTests(LocalCloudFixture cloud)
{
    private const string Kept = "Nothing is lost";

    [Theory]
    [InlineData(500, null, "it answers 500.")]
    [InlineData(502, null, "it answers 502.")]
    [InlineData(503, """{"message":"the database is starting up"}""", "it answers 503: the database is starting up.")]
    [InlineData(504, null, "it answers 504.")]
    [InlineData(429, """{"message":"too many requests"}""", "it answers 429: too many requests.")]
    [InlineData(408, null, "it answers 408.")]
    [InlineData(540, """{"message":"Project paused"}""", "it answers 540: Project paused.")]
    public async Task A_cloud_that_cannot_serve_is_asked_five_times_within_a_minute_and_is_then_offline(int status, string? json, string says)
    {
        await using var scene = await StartAsync();
        scene.Proxy.Script = _ => json is null ? Fault.Answer(status) : Fault.Json(status, json);
        Assert.Equal(
            $"The cloud at {Address(scene)} cannot be reached: {says} Nothing is lost; try again when it is back.", await scene.ReadAsync());
        Assert.Equal(5, scene.Proxy.Requests.Count);
        Assert.InRange(scene.Elapsed, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        await scene.AssertWholeAsync();
    }

    [Theory]
    [InlineData(200)]
    [InlineData(404)]
    [InlineData(403)]
    [InlineData(400)]
    public async Task A_page_instead_of_an_answer_is_not_asked_for_again_and_says_where_to_look(int status)
    {
        await using var scene = await StartAsync();
        scene.Proxy.Script = _ => Fault.Answer(status);
        Assert.Equal(
            $"What answered at {Address(scene)} is no CogCommit cloud: {status} with {Fault.Page.Length} bytes of text/html that are no JSON. " +
            "A proxy or the log-in page of this network may stand between, or the address is wrong. Nothing is lost; open the address in a browser to see.",
            await scene.ReadAsync());
        Assert.Single(scene.Proxy.Requests);
        await scene.AssertWholeAsync();
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_not_followed_so_that_no_other_host_gets_the_token(int status)
    {
        await using var scene = await StartAsync();
        await using var elsewhere = new FaultyProxy(cloud.Url, scene.Clock);
        scene.Proxy.Script = _ => Fault.Answer(status, "", Fault.HtmlType, ("Location", elsewhere.Url.AbsoluteUri));
        var read = await scene.ReadAsync();
        Assert.Contains($"is no CogCommit cloud: {status} ", read, StringComparison.Ordinal);
        Assert.Contains(Kept, read, StringComparison.Ordinal);
        Assert.Single(scene.Proxy.Requests);
        Assert.Equal(0, elsewhere.Connections);
        await scene.AssertWholeAsync();
    }

    [Fact]
    public async Task A_refusal_by_the_cloud_itself_is_not_asked_for_again_and_tells_its_words()
    {
        await using var scene = await StartAsync();
        scene.Proxy.Script = _ => Fault.Json(403, """{"code":"42501","message":"permission denied for function cogcommit_pull","details":null,"hint":null}""");
        Assert.Equal(
            "The cloud refused the request (403, 42501): permission denied for function cogcommit_pull. Nothing is lost; what is here stays here.",
            await scene.ReadAsync());
        Assert.Single(scene.Proxy.Requests);
        await scene.AssertWholeAsync();
    }

    [Fact]
    public async Task A_cloud_without_the_functions_says_to_apply_the_migrations()
    {
        await using var scene = await StartAsync();
        scene.Proxy.Script = _ => Fault.Json(404, """{"code":"PGRST202","message":"Could not find the function public.cogcommit_pull in the schema cache"}""");
        Assert.Equal(
            $"The cloud at {Address(scene)} has no function cogcommit_pull that this version can call: apply the migrations: docs/cloud-setup.md. Nothing is lost.",
            await scene.ReadAsync());
        Assert.Single(scene.Proxy.Requests);
        await scene.AssertWholeAsync();
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData("0", 0)]
    [InlineData("@40", 40)]
    [InlineData("@-86400", 0)]
    public async Task Retry_After_is_waited_for_in_seconds_and_until_a_date(string value, int waited)
    {
        await using var scene = await StartAsync();
        scene.Proxy.Script = request => request.Number == 1 ? Fault.RetryAfter(429, Dated(scene, value)) : null;
        Assert.Null(await scene.ReadAsync());
        Assert.Equal(TimeSpan.FromSeconds(waited), scene.Proxy.Requests[1].At - scene.Proxy.Requests[0].At);
        Assert.Equal(7, scene.Proxy.Requests.Count);
        await scene.AssertWholeAsync();
    }

    [Theory]
    [InlineData("31536000", " It asks to wait 31536000 seconds.")]
    [InlineData("@31536000", " It asks to wait 31536000 seconds.")]
    [InlineData("181", " It asks to wait 181 seconds.")]
    public async Task A_wait_that_is_longer_than_a_call_may_take_is_told_and_not_waited_for(string value, string says)
    {
        await using var scene = await StartAsync();
        scene.Proxy.Script = _ => Fault.RetryAfter(429, Dated(scene, value));
        Assert.Equal(
            $"The cloud at {Address(scene)} cannot be reached: it answers 429: slow down.{says} Nothing is lost; try again when it is back.",
            await scene.ReadAsync());
        Assert.Single(scene.Proxy.Requests);
        Assert.Equal(TimeSpan.Zero, scene.Elapsed);
        await scene.AssertWholeAsync();
    }

    [Theory]
    [InlineData("-5")]
    [InlineData("soon")]
    [InlineData("99999999999999999999")]
    [InlineData("7.5")]
    [InlineData("")]
    [InlineData("Fri, 31 Feb 2026 25:61:00 GMT")]
    public async Task A_wait_that_nobody_understands_is_as_if_none_was_asked_for(string value)
    {
        await using var scene = await StartAsync();
        scene.Proxy.Script = request => request.Number <= 3 ? Fault.RetryAfter(503, value) : null;
        Assert.Null(await scene.ReadAsync());
        Assert.Equal(3 + 6, scene.Proxy.Requests.Count);
        Assert.Equal(3, scene.Clock.Waits.Count);
        Assert.InRange(scene.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
        await scene.AssertWholeAsync();
    }

    [Fact]
    public async Task A_second_that_it_asks_to_wait_again_and_again_ends_with_the_calls_time()
    {
        await using var scene = await StartAsync();
        scene.Proxy.Script = _ => Fault.RetryAfter(429, "100");
        Assert.Contains("it did not answer in time", await scene.ReadAsync(), StringComparison.Ordinal);
        Assert.Equal(2, scene.Proxy.Requests.Count);
        Assert.Equal(NetworkScene.Calls.Total, scene.Elapsed);
        await scene.AssertWholeAsync();
    }

    internal static string Address(NetworkScene scene) => scene.Proxy.Url.GetLeftPart(UriPartial.Authority);

    private async Task<NetworkScene> StartAsync()
    {
        var scene = await NetworkScene.StartAsync(cloud);
        await scene.TellAsync();
        return scene;
    }

    /// <summary>A value that begins with @ stands for the date of so many seconds from now.</summary>
    private static string Dated(NetworkScene scene, string value) => value.StartsWith('@')
        ? scene.Clock.GetUtcNow().AddSeconds(int.Parse(value[1..], System.Globalization.CultureInfo.InvariantCulture)).ToString("R")
        : value;
}
