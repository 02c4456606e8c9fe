using System.Text.Json;
using System.Text.Json.Nodes;
using CogCommit.LocalCloud.Rest;

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
        var upload = new ObjectUpload(bucket, name, context.Request.ContentType?.Split(';')[0].Trim() ?? "application/octet-stream", replace);
        var limit = await services.Rows.LimitAsync(bucket, upload.Type, cancellationToken);
        if (context.Request.ContentLength > limit)
        {
            throw StorageFault.TooLarge();
        }

        // Before a byte is taken, so that nobody fills the disk with what may not be there.
        await services.Rows.CheckAsync(caller, upload, context.Request.ContentLength, cancellationToken);
        var (version, size) = await services.Files.SaveAsync(context.Request.Body, limit, cancellationToken);
        Guid? before;
        try
        {
            before = await services.Rows.AddAsync(caller, upload, version, size, cancellationToken);
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
        var found = await services.Rows.FindAsync(caller, bucket, name, cancellationToken) ?? throw StorageFault.NotFound();
        var content = services.Files.Open(found.Version) ?? throw StorageFault.NotFound();
        context.Response.Headers.CacheControl = "no-cache";
        // A picture somebody uploaded is never run as a page of this address.
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        return Results.Stream(content, found.Type, enableRangeProcessing: true);
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
        var removed = await services.Rows.RemoveAsync(caller, bucket, names, cancellationToken);
        removed.ForEach(gone => services.Files.Delete(gone.Version));
        return [.. removed.Select(gone => gone.Name)];
    }
}
