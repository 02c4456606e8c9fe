using System.Text.Json.Nodes;
using Npgsql;

namespace CogCommit.LocalCloud.Storage;

/// <summary>An answer that is an error, in the form of Supabase Storage: the HTTP status is 400, the meant one stands in the body.</summary>
internal sealed class StorageFault(int status, string error, string message) : Exception(message)
{
    public static StorageFault NotFound() => new(404, "not_found", "Object not found");

    public static async ValueTask<object?> Catch(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (StorageFault fault)
        {
            return fault.Answer();
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return TooLarge().Answer();
        }
        catch (Rest.RestFault fault)
        {
            return new StorageFault(403, "Unauthorized", fault.Message).Answer();
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            return new StorageFault(403, "Unauthorized", e.MessageText).Answer();
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return new StorageFault(409, "Duplicate", "The resource already exists").Answer();
        }
        catch (PostgresException e) when (e.SqlState[..2] is "22" or "54")
        {
            // What no text, uuid or index of PostgreSQL holds: a sub that is no uuid, a name with U+0000 in it or too long a one.
            return new StorageFault(400, "InvalidRequest", e.MessageText).Answer();
        }
    }

    public static StorageFault TooLarge() => new(413, "Payload too large", "The object exceeded the maximum allowed size");

    private IResult Answer() => Results.Json(
        new JsonObject { ["statusCode"] = status.ToString(System.Globalization.CultureInfo.InvariantCulture), ["error"] = error, ["message"] = Message },
        statusCode: StatusCodes.Status400BadRequest);
}
