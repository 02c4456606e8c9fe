namespace CogCommit.LocalCloud.Rest;

/// <summary>Who asks a REST endpoint: the token's user, or anon without a token.</summary>
internal static class RestCaller
{
    private static readonly Caller Anonymous = new("anon", """{"role":"anon"}""", null, null);

    public static async Task<Caller> Of(HttpContext context, CloudTokens tokens)
    {
        var caller = Anonymous;
        if (BearerToken.Of(context.Request) is { } token)
        {
            var (known, fault) = await tokens.ReadAsync(token);
            caller = known ?? throw new RestFault(401, fault == "JWT expired" ? "PGRST303" : "PGRST301", fault!);
        }

        context.Items[nameof(Caller)] = caller;
        return caller;
    }
}
