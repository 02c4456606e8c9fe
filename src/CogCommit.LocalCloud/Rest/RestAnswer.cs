using Npgsql;

namespace CogCommit.LocalCloud.Rest;

/// <summary>JSON that PostgreSQL made, passed on as it is.</summary>
internal static class RestAnswer
{
    /// <summary>The first column of the first row, in UTF-8.</summary>
    public static async Task<byte[]?> ReadJson(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) && !await reader.IsDBNullAsync(0, cancellationToken)
            ? await reader.GetFieldValueAsync<byte[]>(0, cancellationToken)
            : null;
    }

    public static async Task Write(
        HttpContext context, byte[] json, CancellationToken cancellationToken, int status = 200, string type = "application/json")
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type + "; charset=utf-8";
        context.Response.ContentLength = json.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(json, cancellationToken);
        }
    }
}
