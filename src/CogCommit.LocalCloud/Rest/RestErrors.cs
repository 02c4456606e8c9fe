using System.Globalization;
using System.Text.Json.Nodes;
using Npgsql;

namespace CogCommit.LocalCloud.Rest;

/// <summary>Turns what went wrong into PostgREST's answers: its body, and its statuses for PostgreSQL's error codes.</summary>
internal static class RestErrors
{
    public static async ValueTask<object?> Catch(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (RestFault fault)
        {
            return Answer(context.HttpContext, fault.Status, fault.Code, fault.Message, fault.Details, fault.Hint);
        }
        catch (PostgresException e)
        {
            var anonymous = context.HttpContext.Items[nameof(Caller)] is Caller { IsAnonymous: true };
            return Answer(context.HttpContext, StatusOf(e.SqlState, anonymous), e.SqlState, e.MessageText, e.Detail, e.Hint);
        }
        catch (BadHttpRequestException e)
        {
            return Answer(context.HttpContext, e.StatusCode, e.StatusCode == 413 ? "PT413" : "PGRST102", e.Message, null, null);
        }
        catch (NpgsqlException e) when (e.IsTransient || e.InnerException is IOException or TimeoutException or System.Net.Sockets.SocketException)
        {
            return Answer(context.HttpContext, 503, "PGRST001", "Could not query the database", e.Message, null);
        }
    }

    /// <summary>docs.postgrest.org, "Errors", HTTP status codes.</summary>
    public static int StatusOf(string sqlState, bool anonymous) => sqlState switch
    {
        "23503" or "23505" => 409,
        "25006" => 405,
        "42501" => anonymous ? 401 : 403,
        "42883" or "42P01" => 404,
        "42P17" => 500,
        "53400" => 500,
        "57P01" => 503,
        "P0001" => 400,
        _ when sqlState.StartsWith("PT", StringComparison.Ordinal)
            && int.TryParse(sqlState.AsSpan(2), CultureInfo.InvariantCulture, out var status)
            && status is >= 400 and <= 599 => status,
        _ => sqlState[..2] switch
        {
            "08" or "53" => 503,
            "0L" or "0P" or "28" => 403,
            "09" or "25" or "2D" or "38" or "39" or "3B" or "40" or "54" or "55" or "57" or "58" or "F0" or "HV" or "P0" or "XX" => 500,
            _ => 400,
        },
    };

    private static IResult Answer(HttpContext context, int status, string code, string message, string? details, string? hint)
    {
        if (status == 401)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
        }

        return Results.Json(
            new JsonObject { ["code"] = code, ["message"] = message, ["details"] = details, ["hint"] = hint },
            statusCode: status);
    }
}
