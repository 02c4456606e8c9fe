using System.Text.Json;
using CogCommit.Cloud.Tests.Network;

namespace CogCommit.PowerShell.Tests.Secrets;

/// <summary>
/// What the network may do to a cmdlet, as far as it can be done without waiting: where another try is made, a Retry-After of nothing makes
/// it at once. (The tests of the network itself have a clock of their own; those that need time are there.)
/// </summary>
internal sealed record BadNetwork(string Name, Func<ProxiedRequest, Fault?> Script)
{
    private static readonly (string, string) AtOnce = ("Retry-After", "0");

    public static IReadOnlyList<BadNetwork> All { get; } =
    [
        Always(Fault.Answer(200)),
        Always(Fault.Answer(302, "", Fault.HtmlType, ("Location", "https://portal.example/"))),
        Always(Fault.Json(404, """{"code":"PGRST202","message":"Could not find the function in the schema cache"}""")),
        Always(Fault.Answer(413)),
        Always(Fault.RetryAfter(429, "3600")),
        Always(Fault.Answer(502, Fault.Page, Fault.HtmlType, AtOnce)),
        Always(Fault.Json(200, "{}")),
        Always(Fault.CutJson),
        new("an answer lost", request => request.Number == 1 ? Fault.ResetAfter : null),
        new("the public key is unknown", _ => Echo(401, "Invalid API key")),
        .. new[] { 400, 401, 403, 404, 503 }.Select(status => new BadNetwork($"{status}, which repeats what it was told", _ => Echo(status, "no"))),
        new("401 to every call, which repeats what it was told", request => request.IsGrant ? null : Echo(401, "no")),
        new("400 to whoever wants tokens, which repeats what it was told", request => request.IsGrant ? Echo(400, "no") : null),
        new("tokens that nobody can use", request => request.IsGrant ? Crippled : null),
    ];

    public override string ToString() => Name;

    private static BadNetwork Always(Fault fault) => new(fault.Name, _ => fault);

    /// <summary>A server that puts everything it was told into its words: as it is, and piece by piece.</summary>
    private static Fault Echo(int status, string words) => new($"echo {status}", false, exchange =>
    {
        var told = exchange.Request.Headers.Where(header => header.Key is "Authorization" or "apikey").SelectMany(header => header.Value.Split(' ', '.')).ToList();
        var whole = string.Join(' ', exchange.Request.Headers.Where(header => header.Key is "Authorization" or "apikey").Select(header => header.Value));
        var message = $"{words}: {string.Join(' ', told)} {whole} {(exchange.Request.IsGrant ? exchange.Request.Text : "")}";
        var json = JsonSerializer.Serialize(new { code = status == 400 ? "x" : message, error_code = message, message, msg = message, error_description = message });
        return exchange.WriteAsync(ProxiedAnswer.Of(status, json, Fault.JsonType, AtOnce));
    });

    /// <summary>The true answer, with true tokens, of which the client can make nothing.</summary>
    private static Fault Crippled { get; } = new("crippled", false, async exchange =>
    {
        var answer = await exchange.ForwardAsync();
        var text = System.Text.Encoding.UTF8.GetString(answer.Body).Replace("\"user\":", "\"nobody\":", StringComparison.Ordinal);
        await exchange.WriteAsync(answer with { Body = System.Text.Encoding.UTF8.GetBytes(text) });
    });
}
