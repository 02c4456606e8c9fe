using System.Text.Json;
using System.Text.Json.Nodes;
using CogCommit.LocalCloud.Rest;
using Npgsql;

namespace CogCommit.LocalCloud.Storage;

/// <summary><c>/storage/v1/object</c>: who may do what to an object is decided by PostgreSQL, at its row in storage.objects.</summary>
internal static class ObjectEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var objects = routes.MapGroup("/storage/v1/object");
        objects.AddEndpointFilter(StorageFault.Catch);
        objects.MapPost("{bucket}/{*name}", (string bucket, string name, HttpContext context, StorageServices services, CancellationToken cancellationToken) =>
            Upload(bucket, name, context.Request.Headers["x-upsert"] == "true", context, services, cancellationToken));
        objects.MapPut("{bucket}/{*name}", (string bucket, string name, HttpContext context, StorageServices services, CancellationToken cancellationToken) =>
            Upload(bucket, name, true, context, services, cancellationToken));
        objects.MapGet("authenticated/{bucket}/{*name}", Download);
        objects.MapGet("{bucket}/{*name}", Download);
        objects.MapDelete("{bucket}", DeleteMany);
        objects.MapDelete("{bucket}/{*name}", DeleteOne);
    }

    private static async Task<IResult> Upload(
        string bucket, string name, bool replace, HttpContext context, StorageServices services, CancellationToken cancellationToken)
    {
        var caller = await RestCaller.Of(context, services.Tokens);
        var type = context.Request.ContentType?.Split(';')[0].Trim() ?? "application/octet-stream";
        var limit = await LimitOf(bucket, type, services, cancellationToken);
        var (version, size) = await services.Files.SaveAsync(context.Request.Body, limit, cancellationToken);
        Guid? before = null;
        try
        {
            await using var transaction = await CallerTransaction.BeginAsync(services.Callers.Source, caller, readOnly: false, cancellationToken);
            if (replace)
            {
                before = (await Find(transaction, bucket, name, cancellationToken))?.Version;
            }

            var metadata = new JsonObject { ["size"] = size, ["contentLength"] = size, ["mimetype"] = type, ["eTag"] = $"\"{version:N}\"" };
            var sql = new SqlText().Words("insert into storage.objects (bucket_id, name, owner, owner_id, version, metadata) values (")
                .Value(bucket).Words(", ").Value(name).Words(", ").Value(caller.UserId?.ToString("D")).Words(", ").Value(caller.UserId?.ToString("D"))
                .Words(", ").Value(version.ToString("D")).Words(", ").Value(metadata.ToJsonString()).Words(")");
            if (replace)
            {
                sql.Words(" on conflict (bucket_id, name) do update set version = excluded.version, metadata = excluded.metadata, updated_at = now()");
            }

            await using (var command = transaction.Command(sql))
            {
                await command.ExecuteNonQueryAsync(cancellationToken);
            }

            await transaction.CommitAsync(cancellationToken);
        }
        catch
        {
            services.Files.Delete(version);
            throw;
        }

        if (before is { } replaced)
        {
            services.Files.Delete(replaced);
        }

        return Results.Json(new JsonObject { ["Key"] = $"{bucket}/{name}", ["Id"] = version.ToString("D") });
    }

    private static async Task<IResult> Download(
        string bucket, string name, HttpContext context, StorageServices services, CancellationToken cancellationToken)
    {
        var caller = await RestCaller.Of(context, services.Tokens);
        await using var transaction = await CallerTransaction.BeginAsync(services.Callers.Source, caller, readOnly: true, cancellationToken);
        var found = await Find(transaction, bucket, name, cancellationToken) ?? throw StorageFault.NotFound();
        context.Response.Headers.CacheControl = "no-cache";
        // A picture somebody uploaded is never run as a page of this address.
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        return Results.Stream(services.Files.Open(found.Version), found.Type);
    }

    private static async Task<IResult> DeleteOne(
        string bucket, string name, HttpContext context, StorageServices services, CancellationToken cancellationToken) =>
        (await Delete(bucket, [name], context, services, cancellationToken)).Count == 0
            ? throw StorageFault.NotFound()
            : Results.Json(new JsonObject { ["message"] = "Successfully deleted" });

    private static async Task<IResult> DeleteMany(string bucket, HttpContext context, StorageServices services, CancellationToken cancellationToken)
    {
        string[] names;
        try
        {
            var body = await JsonNode.ParseAsync(context.Request.Body, cancellationToken: cancellationToken);
            names = [.. body!["prefixes"]!.AsArray().Select(name => name!.GetValue<string>())];
        }
        catch (Exception e) when (e is JsonException or NullReferenceException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new StorageFault(400, "Error", "body must have a list of names, prefixes");
        }

        var deleted = await Delete(bucket, names, context, services, cancellationToken);
        return Results.Json(new JsonArray([.. deleted.Select(name => new JsonObject { ["bucket_id"] = bucket, ["name"] = name })]));
    }

    private static async Task<List<string>> Delete(
        string bucket, IReadOnlyList<string> names, HttpContext context, StorageServices services, CancellationToken cancellationToken)
    {
        var caller = await RestCaller.Of(context, services.Tokens);
        var deleted = new List<string>();
        var versions = new List<Guid>();
        await using var transaction = await CallerTransaction.BeginAsync(services.Callers.Source, caller, readOnly: false, cancellationToken);
        foreach (var name in names)
        {
            var sql = new SqlText().Words("delete from storage.objects where bucket_id = ").Value(bucket).Words(" and name = ").Value(name).Words(" returning version");
            await using var command = transaction.Command(sql);
            if (await command.ExecuteScalarAsync(cancellationToken) is string version)
            {
                deleted.Add(name);
                versions.Add(Guid.Parse(version));
            }
        }

        await transaction.CommitAsync(cancellationToken);
        versions.ForEach(services.Files.Delete);
        return deleted;
    }

    private static async Task<(Guid Version, string Type)?> Find(CallerTransaction transaction, string bucket, string name, CancellationToken cancellationToken)
    {
        var sql = new SqlText().Words("select version, coalesce(metadata ->> 'mimetype', 'application/octet-stream') from storage.objects where bucket_id = ")
            .Value(bucket).Words(" and name = ").Value(name);
        await using var command = transaction.Command(sql);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? (Guid.Parse(reader.GetString(0)), reader.GetString(1)) : null;
    }

    private static async Task<long> LimitOf(string bucket, string type, StorageServices services, CancellationToken cancellationToken)
    {
        await using var command = services.Database.CreateCommand("select file_size_limit, allowed_mime_types from storage.buckets where id = $1");
        command.Parameters.Add(new NpgsqlParameter { Value = bucket });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
        {
            throw new StorageFault(404, "Bucket not found", "Bucket not found");
        }

        if (!await reader.IsDBNullAsync(1, cancellationToken) && !reader.GetFieldValue<string[]>(1).Contains(type))
        {
            throw new StorageFault(415, "invalid_mime_type", $"mime type {type} is not supported");
        }

        return await reader.IsDBNullAsync(0, cancellationToken) ? 50 * 1024 * 1024 : reader.GetInt64(0);
    }
}
