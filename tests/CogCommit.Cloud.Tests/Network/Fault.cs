namespace CogCommit.Cloud.Tests.Network;

/// <summary>What may happen to a request on its way.</summary>
/// <param name="Name">For whoever reads which one failed.</param>
/// <param name="PassesByItself">Another try of the same request is worth its while, and is made.</param>
/// <param name="ActAsync">Does it.</param>
internal sealed partial record Fault(string Name, bool PassesByItself, Func<Exchange, Task> ActAsync)
{
    public const string JsonType = "application/json; charset=utf-8";
    public const string HtmlType = "text/html; charset=utf-8";
    public const string Page = "<!doctype html><html><head><title>Hotel</title></head><body><h1>Welcome, please log in</h1></body></html>";

    public static Fault ResetBefore { get; } = new("reset before the cloud got it", true, exchange =>
    {
        exchange.Reset();
        return Task.CompletedTask;
    });

    public static Fault ResetAfter { get; } = new("reset after the cloud did it", true, async exchange =>
    {
        await exchange.ForwardAsync();
        exchange.Reset();
    });

    public static Fault ShortBody { get; } = new("a body shorter than its length", true, async exchange =>
    {
        var answer = await exchange.ForwardAsync();
        await exchange.WriteAsync(answer.Head());
        await exchange.WriteAsync(answer.Body.AsMemory(0, answer.Body.Length / 2));
        exchange.End();
    });

    public static Fault ChunksWithoutEnd { get; } = new("chunks without an end", true, async exchange =>
    {
        var answer = await exchange.ForwardAsync();
        await exchange.WriteAsync(answer.Head("Transfer-Encoding: chunked"));
        await exchange.WriteAsync(System.Text.Encoding.ASCII.GetBytes($"{answer.Body.Length:x}\r\n"));
        await exchange.WriteAsync(answer.Body);
        exchange.End();
    });

    /// <summary>HTTP/1.0's way: where the connection ends the body ends, so that nobody can tell that something is missing.</summary>
    public static Fault CutJson { get; } = new("JSON cut in the middle, as if that were all", false, async exchange =>
    {
        var answer = await exchange.ForwardAsync();
        await exchange.WriteAsync(answer.Head("Connection: close"));
        await exchange.WriteAsync(answer.Body.AsMemory(0, answer.Body.Length / 2));
        exchange.End();
    });

    /// <summary>The first bytes of a status line, and no more.</summary>
    public static Fault CutHead { get; } = new("half a status line", true, async exchange =>
    {
        await exchange.ForwardAsync();
        await exchange.WriteAsync("HTTP/1.1 20"u8.ToArray());
        exchange.End();
    });

    public static Fault NoHttp { get; } = new("an answer in another language", true, async exchange =>
    {
        await exchange.WriteAsync("220 mail.example ESMTP\r\n\r\n"u8.ToArray());
        exchange.End();
    });

    public static Fault Answer(int status, string body = Page, string type = HtmlType, params (string Name, string Value)[] headers) => new(
        $"{status} {type.Split(';')[0]}{string.Concat(headers.Select(header => $" {header.Name}: {header.Value}"))}",
        status is 408 or 429 or >= 500,
        exchange => exchange.WriteAsync(ProxiedAnswer.Of(status, body, type, headers)));

    public static Fault Json(int status, string body, params (string Name, string Value)[] headers) => Answer(status, body, JsonType, headers);

    public static Fault RetryAfter(int status, string value) => Json(status, """{"message":"slow down"}""", ("Retry-After", value));
}
