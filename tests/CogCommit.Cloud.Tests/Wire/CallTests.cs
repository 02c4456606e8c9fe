using System.Net;
using CogCommit.Core;
using CogCommit.Core.Cloud;

namespace CogCommit.Cloud.Tests.Wire;

/// <summary>What is said to the cloud, and what its answers mean.</summary>
public sealed class CallTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_three_functions_are_called_with_the_key_the_token_and_the_protocols_arguments()
    {
        using var cloud = new FakeCloud { Otherwise = () => FakeCloud.Answer(HttpStatusCode.OK, "{}") };
        using var machine = cloud.SignedIn();
        var connection = machine.Account.Connect();
        await connection.PushAsync("""{ "protocol": 1, "x": "é" }"""u8.ToArray(), Cancel);
        await connection.PullAsync(null, 5, Cancel);
        await connection.PullAsync(new CloudCursor(7, "p\"1"), 6, Cancel);
        await connection.DigestAsync(null, 10, Cancel);
        await connection.DigestAsync("abc", 10, Cancel);

        Assert.All(cloud.Requests, request => Assert.Equal(("POST", "Bearer access-1", "anon-key"), (request.Method, request.Authorization, request.ApiKey)));
        Assert.Equal(
            ["cogcommit_push", "cogcommit_pull", "cogcommit_pull", "cogcommit_digest", "cogcommit_digest"],
            cloud.Requests.Select(request => request.Path.Replace("/rest/v1/rpc/", "", StringComparison.Ordinal)));
        Assert.Equal(
            [
                """{"batch":{ "protocol": 1, "x": "é" }}""",
                """{"cursor":null,"max_bytes":5}""",
                """{"cursor":{"seq":7,"push_id":"p\u00221"},"max_bytes":6}""",
                """{"after":null,"max_rows":10}""",
                """{"after":"abc","max_rows":10}""",
            ],
            cloud.Requests.Select(request => request.Body));
        Assert.Equal((new Uri("https://cloud.example"), FakeCloud.UserId), (connection.Url, connection.UserId));
    }

    [Theory]
    [InlineData("<!doctype html><p>Log in to Hotel WLAN", "text/html")]
    [InlineData("{\"protocol\":1,\"comm", "application/json")]
    [InlineData("", "application/json")]
    public async Task An_answer_that_is_no_JSON_is_a_clear_error(string body, string type)
    {
        using var cloud = new FakeCloud().Then(HttpStatusCode.OK, body, type);
        using var machine = cloud.SignedIn();
        var error = await Assert.ThrowsAsync<CogCommitException>(() => machine.Account.Connect().PullAsync(null, 5, Cancel));
        Assert.Equal(("CloudAnswerUnreadable", ErrorKind.Unavailable), (error.ErrorId, error.Kind));
        Assert.Contains(type, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.Found)]
    [InlineData(HttpStatusCode.Forbidden)]
    public async Task A_refusal_that_is_no_JSON_comes_from_no_cloud(HttpStatusCode status)
    {
        using var cloud = new FakeCloud().Then(status, "<html>", "text/html");
        using var machine = cloud.SignedIn();
        var error = await Assert.ThrowsAsync<CogCommitException>(() => machine.Account.Connect().PullAsync(null, 5, Cancel));
        Assert.Equal("CloudAnswerUnreadable", error.ErrorId);
    }

    [Fact]
    public async Task A_refusal_has_the_clouds_code_and_words_in_one_line()
    {
        using var cloud = new FakeCloud().Then(HttpStatusCode.BadRequest, """{"code":"22023","message":"no\u001b[31m push\nid","details":null,"hint":null}""");
        using var machine = cloud.SignedIn();
        var error = await Assert.ThrowsAsync<CloudRejectedException>(() => machine.Account.Connect().PushAsync("{}"u8.ToArray(), Cancel));
        Assert.Equal((400, "22023", "CloudRejected"), (error.Status, error.Code, error.ErrorId));
        Assert.Contains("no [31m push id", error.Message, StringComparison.Ordinal);
        Assert.Single(cloud.Requests);
    }

    [Theory]
    [InlineData("""{"code":"PT413","message":"more than 2000 rows"}""", "application/json")]
    [InlineData("<html>413 Request Entity Too Large</html>", "text/html")]
    public async Task Too_large_is_told_apart_so_that_the_sender_can_split(string body, string type)
    {
        using var cloud = new FakeCloud().Then(HttpStatusCode.RequestEntityTooLarge, body, type);
        using var machine = cloud.SignedIn();
        var error = await Assert.ThrowsAsync<BatchTooLargeException>(() => machine.Account.Connect().PushAsync(new byte[90], Cancel));
        Assert.Equal(100, error.Bytes);
    }

    [Fact]
    public async Task A_missing_function_says_to_apply_the_migrations()
    {
        using var cloud = new FakeCloud().Then(HttpStatusCode.NotFound, """{"code":"PGRST202","message":"Could not find the function public.cogcommit_push(batch) in the schema cache"}""");
        using var machine = cloud.SignedIn();
        var error = await Assert.ThrowsAsync<CogCommitException>(() => machine.Account.Connect().PushAsync("{}"u8.ToArray(), Cancel));
        Assert.Equal(("MigrationsMissing", ErrorKind.NotFound), (error.ErrorId, error.Kind));
        Assert.Contains("apply the migrations: docs/cloud-setup.md", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_public_key_is_named_and_no_token_is_spent_on_it()
    {
        using var cloud = new FakeCloud().Then(HttpStatusCode.Unauthorized, """{"message":"Invalid API key","hint":"..."}""");
        using var machine = cloud.SignedIn();
        var error = await Assert.ThrowsAsync<CogCommitException>(() => machine.Account.Connect().PullAsync(null, 5, Cancel));
        Assert.Equal("InvalidAnonKey", error.ErrorId);
        Assert.Single(cloud.Requests);
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.Forbidden)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    public async Task A_cloud_that_repeats_the_token_in_its_errors_is_not_repeated(HttpStatusCode status)
    {
        using var cloud = new FakeCloud
        {
            Otherwise = () => FakeCloud.Answer(status, """{"code":"x","message":"bad token access-1, refresh-1, access-2","msg":"refresh-1"}"""),
        };
        using var machine = cloud.SignedIn();
        var error = await Assert.ThrowsAnyAsync<CogCommitException>(() => machine.Account.Connect().PullAsync(null, 5, Cancel));
        Assert.DoesNotContain("access-1", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://cloud.example")]
    [InlineData("http://192.168.1.5:54321")]
    [InlineData("ftp://cloud.example")]
    [InlineData("https://me:secret@cloud.example")]
    [InlineData("/relative")]
    public async Task An_address_over_which_tokens_would_travel_in_the_open_is_refused(string url)
    {
        using var cloud = new FakeCloud();
        using var machine = new TestMachine("x", cloud, cloud.Clock);
        var request = new SignInRequest { Url = new Uri(url, UriKind.RelativeOrAbsolute), AnonKey = "k", RefreshToken = "r" };
        var error = await Assert.ThrowsAsync<CogCommitException>(() => machine.Account.SignInAsync(request, new NoPrompt(), Cancel));
        Assert.Equal(("InvalidCloudUrl", ErrorKind.InvalidArgument), (error.ErrorId, error.Kind));
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
        Assert.Empty(cloud.Requests);
    }

    [Theory]
    [InlineData("https://cloud.example/", "https://cloud.example/")]
    [InlineData("https://cloud.example/rest/v1?x", "https://cloud.example/")]
    [InlineData("http://127.0.0.1:54321", "http://127.0.0.1:54321/")]
    [InlineData("http://localhost:54321", "http://localhost:54321/")]
    public async Task The_address_is_the_projects_whatever_path_was_copied_with_it(string url, string address)
    {
        using var cloud = new FakeCloud().Then(HttpStatusCode.OK, FakeCloud.Grant("a", "b"));
        using var machine = new TestMachine("x", cloud, cloud.Clock);
        var user = await machine.Account.SignInAsync(new SignInRequest { Url = new Uri(url), AnonKey = "k", RefreshToken = "r" }, new NoPrompt(), Cancel);
        Assert.Equal(address, user.Url.AbsoluteUri);
    }

    [Fact]
    public async Task Without_an_address_or_a_key_it_is_said_how_to_name_them()
    {
        using var machine = new TestMachine("x");
        var url = await Assert.ThrowsAsync<CogCommitException>(() => machine.Account.SignInAsync(new SignInRequest { AnonKey = "k" }, new NoPrompt(), Cancel));
        var key = await Assert.ThrowsAsync<CogCommitException>(() => machine.Account.SignInAsync(new SignInRequest { Url = new Uri("https://cloud.example") }, new NoPrompt(), Cancel));
        Assert.Equal(("CloudNotNamed", "CloudNotNamed"), (url.ErrorId, key.ErrorId));
        Assert.Contains("-AnonKey", key.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"access_token":"a","refresh_token":"b","expires_in":3600,"user":{"id":7}}""")]
    [InlineData("""{"access_token":null,"refresh_token":"b","expires_in":3600,"user":{"id":"7f000000-0000-4000-8000-000000000001"}}""")]
    [InlineData("[]")]
    public async Task A_grant_without_its_parts_signs_nobody_in(string grant)
    {
        using var cloud = new FakeCloud().Then(HttpStatusCode.OK, grant);
        using var machine = new TestMachine("x", cloud, cloud.Clock);
        var request = new SignInRequest { Url = new Uri("https://cloud.example"), AnonKey = "k", RefreshToken = "r" };
        var error = await Assert.ThrowsAsync<CogCommitException>(() => machine.Account.SignInAsync(request, new NoPrompt(), Cancel));
        Assert.Equal("CloudAnswerUnreadable", error.ErrorId);
        Assert.Null(machine.Account.Current);
    }
}
