using System.Runtime.InteropServices;
using System.Text.Json;

namespace CogCommit.LocalCloud.Rest;

/// <summary><c>POST /rest/v1/rpc/&lt;function&gt;</c>: named arguments in a JSON object, the function's result as JSON.</summary>
internal static class RpcEndpoint
{
    /// <summary>More than the largest push (one row of 4 MB), with room for its escapes.</summary>
    private const long MaxBody = 16 * 1024 * 1024;

    public static void Map(RouteGroupBuilder routes) => routes.MapPost("rpc/{name}", Call);

    private static async Task Call(
        string name, HttpContext context, Catalogue catalogue, RestDatabase database, CloudTokens tokens, CancellationToken cancellationToken)
    {
        var caller = await RestCaller.Of(context, tokens);
        using var body = await ReadBody(context, cancellationToken);
        var arguments = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var field in body.RootElement.EnumerateObject())
        {
            // Of a name that stands twice the last one counts, as for PostgreSQL's own JSON.
            arguments[field.Name] = field.Value;
        }

        var function = await catalogue.FunctionAsync(name, arguments.Keys, cancellationToken);
        await using var transaction = await CallerTransaction.BeginAsync(database.Source, caller, function.ReadOnly, cancellationToken);
        byte[]? answer;
        await using (var command = transaction.Command(Sql(function, arguments)))
        {
            answer = await RestAnswer.ReadJson(command, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        if (function.ReturnsVoid)
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        await RestAnswer.Write(context, answer ?? "null"u8.ToArray(), cancellationToken);
    }

    private static async Task<JsonDocument> ReadBody(HttpContext context, CancellationToken cancellationToken)
    {
        if (context.Request.ContentLength > MaxBody)
        {
            throw new RestFault(413, "PT413", $"The request's body is larger than {MaxBody} bytes");
        }

        JsonDocument body;
        try
        {
            body = await JsonDocument.ParseAsync(context.Request.Body, new JsonDocumentOptions { MaxDepth = 1024 }, cancellationToken);
        }
        catch (JsonException e)
        {
            throw new RestFault(400, "PGRST102", "Empty or invalid json", e.Message);
        }

        if (body.RootElement.ValueKind == JsonValueKind.Object)
        {
            return body;
        }

        body.Dispose();
        throw new RestFault(400, "PGRST102", "The arguments of a function are expected as a JSON object");
    }

    private static SqlText Sql(Function function, Dictionary<string, JsonElement> arguments)
    {
        var sql = new SqlText();
        sql.Words(
            function.ReturnsSet ? "select coalesce(json_agg(to_json(r)), '[]')::text from "
            : function.ReturnsVoid ? "select null::text from (select "
            : function.ReturnsRow ? "select to_json(r)::text from "
            : "select to_json(");
        sql.Identifier("public").Words(".").Identifier(function.Name).Words("(");
        var first = true;
        for (var i = 0; i < function.Arguments.Count; i++)
        {
            if (!arguments.TryGetValue(function.Arguments[i], out var value))
            {
                continue;
            }

            // The type is PostgreSQL's own spelling of it, from the catalogue.
            sql.Words(first ? "" : ", ").Identifier(function.Arguments[i]).Words(" => ");
            Value(sql, value, function.Types[i]).Words("::" + function.Types[i]);
            first = false;
        }

        return sql.Words(
            function.ReturnsSet || function.ReturnsRow ? ") r"
            : function.ReturnsVoid ? ")) r"
            : "))::text");
    }

    private static SqlText Value(SqlText sql, JsonElement value, string type) => value.ValueKind switch
    {
        JsonValueKind.Null => sql.Value(null),
        _ when type == "jsonb" => sql.Jsonb(JsonMarshal.GetRawUtf8Value(value).ToArray()),
        JsonValueKind.String when type != "json" => sql.Value(StringOf(value)),
        _ => sql.Value(value.GetRawText()),
    };

    private static string? StringOf(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException e)
        {
            // Half of a surrogate pair: JSON can say it, no text can hold it.
            throw new RestFault(400, "PGRST102", "Empty or invalid json", e.Message);
        }
    }
}
