using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace CogCommit.LocalCloud;

/// <summary>Every request but the browser's carries the public key, as Supabase's gateway asks for it.</summary>
internal static class ApiKey
{
    public static async Task Check(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path == "/health" || context.Request.Path == "/auth/v1/authorize")
        {
            await next(context);
            return;
        }

        var key = context.Request.Headers["apikey"].ToString() is { Length: > 0 } header ? header : context.Request.Query["apikey"].ToString();
        var expected = context.RequestServices.GetRequiredService<CloudTokens>().AnonKey;
        if (CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(expected)))
        {
            await next(context);
            return;
        }

        var answer = key.Length == 0
            ? new JsonObject { ["message"] = "No API key found in request", ["hint"] = "No `apikey` request header or url param was found." }
            : new JsonObject { ["message"] = "Invalid API key", ["hint"] = "Double check your Supabase `anon` or `service_role` API key." };
        await Results.Json(answer, statusCode: StatusCodes.Status401Unauthorized).ExecuteAsync(context);
    }
}
