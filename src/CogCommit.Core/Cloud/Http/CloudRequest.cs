namespace CogCommit.Core.Cloud.Http;

/// <summary>What is asked of the cloud. Its body lies in memory, so that every try can send it anew.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">Behind the cloud's address, escaped, such as <c>/auth/v1/user</c>.</param>
internal sealed record CloudRequest(HttpMethod Method, string Path)
{
    public ReadOnlyMemory<byte>? Body { get; init; }

    public string BodyType { get; init; } = "application/json";

    /// <summary>The user's access token, or null: then the public key speaks alone.</summary>
    public HiddenText? Token { get; init; }

    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>Takes the body of an answer that succeeded from the wire, instead of memory. What it throws is as if the line said it.</summary>
    public Func<HttpResponseMessage, CancellationToken, Task>? ReceiveAsync { get; init; }

    /// <summary>Storage's answers: an error is HTTP 400, and the status that is meant stands in the body.</summary>
    public bool IsToStorage => Path.StartsWith("/storage/", StringComparison.Ordinal);
}
