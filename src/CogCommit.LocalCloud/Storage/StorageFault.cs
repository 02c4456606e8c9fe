using System.Text.Json.Nodes;
using Npgsql;

namespace CogCommit.LocalCloud.Storage;

/// <summary>An answer that is an error, in the form of Supabase Storage: the HTTP status is 400, the meant one stands in the body.</summary>
internal sealed class StorageFault(int status, string error, string message) : Exception(message)
{
    public static StorageFault NotFound() => new(404, "not_found", "Object not found");

    public static StorageFault TooLarge() => new(413, "Payload too large", "The object exceeded the maximum allowed size");

    public static ValueTask<object?> Catch(EndpointFilterInvocationContext context, EndpointFilterDelegate next) => CatchAsync(context, next, fault => fault.Answer());

    /// <summary>As the resumable endpoints answer: the status is the HTTP status, and the message the body.</summary>
    public static ValueTask<object?> CatchPlain(EndpointFilterInvocationContext context, EndpointFilterDelegate next) => CatchAsync(context, next, fault => fault.PlainAnswer());

    private static async ValueTask<object?> CatchAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next, Func<StorageFault, IResult> answer)
    {
        try
        {
            return await next(context);
        }
        catch (StorageFault fault)
        {
            return answer(fault);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return answer(TooLarge());
        }
        catch (Rest.RestFault fault)
        {
            return answer(new StorageFault(403, "Unauthorized", fault.Message));
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            // In the words of Supabase's Storage, which tells no more.
            return answer(new StorageFault(403, "Unauthorized", e.MessageText.Contains("row-level security", StringComparison.Ordinal) ? "new row violates row-level security policy" : e.MessageText));
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return answer(new StorageFault(409, "Duplicate", "The resource already exists"));
        }
        catch (PostgresException e) when (e.SqlState[..2] is "22" or "54")
        {
            // What no text, uuid or index of PostgreSQL holds: a sub that is no uuid, a name with U+0000 in it or too long a one.
            return answer(new StorageFault(400, "InvalidRequest", e.MessageText));
        }
    }

    private IResult Answer() => Results.Json(
        new JsonObject { ["statusCode"] = status.ToString(System.Globalization.CultureInfo.InvariantCulture), ["error"] = error, ["message"] = Message },
        statusCode: StatusCodes.Status400BadRequest);

    private IResult PlainAnswer() => Results.Text(Message, "text/plain", statusCode: status);
}
