using System.Net;
using System.Text;
using CogCommit.Core.Cloud;
using CogCommit.Core.Cloud.Auth;
using CogCommit.Core.Cloud.Http;

namespace CogCommit.Cloud.Tests.Wire;

/// <summary>The other end of the wire: answers each request as the test says, and remembers it.</summary>
internal sealed class FakeCloud : HttpMessageHandler
{
    public const string UserId = "7f000000-0000-4000-8000-000000000001";

    private readonly Queue<Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>>> _answers = new();

    public static TimeSpan PerTry { get; } = new CloudRetry().PerTry;

    public static TimeSpan Total { get; } = new CloudRetry().Total;

    public EventClock Clock { get; } = new(
        PerTry, Total, CloudRetry.ForTokens.PerTry, CloudRetry.ForTokens.Total, CloudRetry.ForPictures.PerTry, CloudRetry.ForPictures.Total);

    public List<Seen> Requests { get; } = [];

    /// <summary>What is answered when nothing is left of what was said.</summary>
    public Func<HttpResponseMessage>? Otherwise { get; set; }

    public FakeCloud Then(HttpStatusCode status, string body = "{}", string type = "application/json", string? retryAfter = null) =>
        Then(() => Answer(status, body, type, retryAfter));

    public FakeCloud Then(Func<HttpResponseMessage> answer) => Then((_, _) => Task.FromResult(answer()));

    public FakeCloud Then(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer)
    {
        _answers.Enqueue(answer);
        return this;
    }

    /// <summary>Says nothing until the try's time is over.</summary>
    public FakeCloud ThenSilence() => Then(async (_, cancellationToken) =>
    {
        Clock.ComeToNextTimeout();
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        throw new InvalidOperationException();
    });

    /// <summary>A machine whose user is signed in here, with an access token that ends in <paramref name="expiresIn"/>.</summary>
    public TestMachine SignedIn(TimeSpan? expiresIn = null, string access = "access-1", string refresh = "refresh-1")
    {
        var machine = new TestMachine("somebody", this, Clock);
        Core.Store.PrivateFiles.CreateFolder(machine.Home.Root);
        var session = new AuthSession(
            new Uri("https://cloud.example"), "anon-key", UserId, "somebody", new HiddenText(access), new HiddenText(refresh), Clock.GetUtcNow() + (expiresIn ?? TimeSpan.FromHours(1)));
        File.WriteAllBytes(machine.Home.AuthPath, AuthJson.Write(session, TokenProtection.OfThisSystem));
        return machine;
    }

    public static string Grant(string access, string refresh, string userId = UserId) =>
        $$$"""{"access_token":"{{{access}}}","refresh_token":"{{{refresh}}}","expires_in":3600,"token_type":"bearer","user":{"id":"{{{userId}}}","email":"s@example.com","user_metadata": { "user_name":"somebody" } } }""";

    public static HttpResponseMessage Answer(HttpStatusCode status, string body, string type = "application/json", string? retryAfter = null)
    {
        var answer = new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, type) };
        if (retryAfter is not null)
        {
            answer.Headers.Add("Retry-After", retryAfter);
        }

        return answer;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests.Add(new Seen(
            request.Method.Method,
            request.RequestUri!.PathAndQuery,
            request.Headers.Authorization?.ToString() ?? "",
            request.Headers.GetValues("apikey").Single(),
            request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken),
            Clock.GetUtcNow() - Clock.Start));
        return _answers.TryDequeue(out var answer) ? await answer(request, cancellationToken)
            : Otherwise?.Invoke() ?? throw new InvalidOperationException("one request more than the test expects: " + request.RequestUri);
    }

    internal sealed record Seen(string Method, string Path, string Authorization, string ApiKey, string Body, TimeSpan At);
}
