using System.Globalization;
using System.Text;

namespace CogCommit.LocalCloud.Rest;

/// <summary><c>GET /rest/v1/&lt;table&gt;</c>: what the caller may see of a table, with what hangs on it.</summary>
internal static class TableEndpoint
{
    private const string SingleObject = "application/vnd.pgrst.object";

    public static void Map(RouteGroupBuilder routes)
    {
        routes.MapMethods("{table}", [HttpMethods.Get, HttpMethods.Head], Read);
        routes.MapMethods("{table}", [HttpMethods.Post, HttpMethods.Patch, HttpMethods.Put, HttpMethods.Delete], Refuse);
    }

    private static IResult Refuse(string table) => throw new RestFault(
        405, "PGRST117", $"The local cloud only reads tables: {table} is written by its functions");

    private static async Task Read(
        string table, HttpContext context, Catalogue catalogue, RestDatabase database, CloudTokens tokens, CancellationToken cancellationToken)
    {
        var caller = await RestCaller.Of(context, tokens);
        var query = TableQueryReader.Read(context.Request.Query.SelectMany(pair => pair.Value, (pair, value) => KeyValuePair.Create(pair.Key, value ?? "")));
        ApplyRange(context.Request.Headers.Range.ToString(), query);
        var snapshot = await catalogue.RelationAsync(table, cancellationToken);
        var exact = context.Request.Headers["Prefer"].ToString().Contains("count=exact", StringComparison.Ordinal);

        await using var transaction = await CallerTransaction.BeginAsync(database.Source, caller, readOnly: true, cancellationToken);
        byte[] json;
        long rows;
        await using (var command = transaction.Command(new TableSql(snapshot).Page(table, query)))
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            await reader.ReadAsync(cancellationToken);
            json = await reader.GetFieldValueAsync<byte[]>(0, cancellationToken);
            rows = reader.GetInt64(1);
        }

        long? total = null;
        if (exact)
        {
            await using var command = transaction.Command(new TableSql(snapshot).Count(table, query));
            total = (long)(await command.ExecuteScalarAsync(cancellationToken))!;
        }

        await Answer(context, query, json, rows, total, cancellationToken);
    }

    private static async Task Answer(
        HttpContext context, TableQuery query, byte[] json, long rows, long? total, CancellationToken cancellationToken)
    {
        var of = total?.ToString(CultureInfo.InvariantCulture) ?? "*";
        if (total is { } all && query.Offset > 0 && query.Offset >= all)
        {
            context.Response.Headers.ContentRange = "*/" + of;
            throw new RestFault(416, "PGRST103", "Requested range not satisfiable", $"An offset of {query.Offset} was requested, but there are only {all} rows.");
        }

        context.Response.Headers.ContentRange = rows == 0 ? "*/" + of : string.Create(CultureInfo.InvariantCulture, $"{query.Offset}-{query.Offset + rows - 1}/{of}");
        if (context.Request.Headers.Accept.ToString().Contains(SingleObject, StringComparison.Ordinal))
        {
            if (rows != 1)
            {
                throw new RestFault(406, "PGRST116", "Cannot coerce the result to a single JSON object", $"The result contains {rows} rows");
            }

            // A JSON array of one: what stands between its brackets.
            await RestAnswer.Write(context, Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(json).Trim()[1..^1]), cancellationToken, 200, SingleObject + "+json");
            return;
        }

        await RestAnswer.Write(context, json, cancellationToken, total > rows ? 206 : 200);
    }

    /// <summary><c>Range: 0-24</c> or <c>items=0-24</c>; limit and offset in the query string come first.</summary>
    private static void ApplyRange(string header, TableQuery query)
    {
        var range = header[(header.IndexOf('=', StringComparison.Ordinal) + 1)..].Split('-');
        if (query.Limit is not null || query.Offset > 0 || range.Length != 2
            || !long.TryParse(range[0], NumberStyles.None, CultureInfo.InvariantCulture, out var from))
        {
            return;
        }

        query.Offset = from;
        if (long.TryParse(range[1], NumberStyles.None, CultureInfo.InvariantCulture, out var to))
        {
            query.Limit = to >= from ? to - from + 1 : throw new RestFault(416, "PGRST103", "Requested range not satisfiable", "The lower boundary must be lower than or equal to the upper boundary in the Range header.");
        }
    }
}
