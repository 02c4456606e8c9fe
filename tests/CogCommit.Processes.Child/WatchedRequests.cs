namespace CogCommit.Processes.Child;

/// <summary>Carries requests, and tells when one goes and when its answer is there but nobody has seen it yet.</summary>
internal sealed class WatchedRequests(Said said) : DelegatingHandler(new SocketsHttpHandler())
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        said.At($"request {request.RequestUri!.PathAndQuery}");
        var answer = await base.SendAsync(request, cancellationToken);
        await answer.Content.LoadIntoBufferAsync(cancellationToken);
        said.At($"answer {(int)answer.StatusCode}");
        return answer;
    }
}
