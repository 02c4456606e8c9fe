using System.Globalization;
using System.Text;
using CogCommit.LocalCloud.Rest;

namespace CogCommit.LocalCloud.Storage;

/// <summary>
/// <c>/storage/v1/upload/resumable</c>: TUS 1.0.0 with creation, creation-with-upload, termination and expiration. The policies are asked
/// before anything is taken, before each part, and when the object comes to be.
/// </summary>
internal static class ResumableEndpoints
{
    private const string Version = "1.0.0";
    private const string PartType = "application/offset+octet-stream";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var uploads = routes.MapGroup("/storage/v1/upload/resumable");
        uploads.AddEndpointFilter(StorageFault.CatchPlain);
        uploads.AddEndpointFilter(SpeakTus);
        uploads.MapPost("", CreateAsync);
        uploads.MapMethods("", ["OPTIONS"], (HttpContext context) => Tell(context));
        uploads.MapMethods("{id}", ["OPTIONS"], (string id, HttpContext context) => Tell(context));
        uploads.MapMethods("{id}", ["HEAD"], OffsetAsync);
        uploads.MapPatch("{id}", AppendAsync);
        uploads.MapDelete("{id}", RemoveAsync);
    }

    private static async ValueTask<object?> SpeakTus(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        context.Response.Headers["Tus-Resumable"] = Version;
        context.Response.Headers.CacheControl = "no-store";
        if (context.Request.Method != "OPTIONS" && context.Request.Headers["Tus-Resumable"] != Version)
        {
            context.Response.Headers["Tus-Version"] = Version;
            throw new StorageFault(412, "Precondition Failed", "Tus-Resumable Required");
        }

        return await next(invocation);
    }

    private static IResult Tell(HttpContext context)
    {
        context.Response.Headers["Tus-Version"] = Version;
        context.Response.Headers["Tus-Extension"] = "creation,creation-with-upload,termination,expiration";
        return Results.StatusCode(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> CreateAsync(HttpContext context, StorageServices services, CancellationToken cancellationToken)
    {
        var caller = await RestCaller.Of(context, services.Tokens);
        var request = context.Request;
        var length = Number(request, "Upload-Length");
        var metadata = Metadata(request.Headers["Upload-Metadata"].ToString());
        var upload = new ObjectUpload(
            metadata.GetValueOrDefault("bucketName", ""), metadata.GetValueOrDefault("objectName", ""), metadata.GetValueOrDefault("contentType", "application/octet-stream"), request.Headers["x-upsert"] == "true");
        if (length > await services.Rows.LimitAsync(upload.Bucket, upload.Type, cancellationToken))
        {
            throw StorageFault.TooLarge();
        }

        await services.Rows.CheckAsync(caller, upload, length, cancellationToken);
        var begun = services.Uploads.Begin(caller.UserId!.Value, upload, length);
        context.Response.Headers.Location = $"{request.Scheme}://{request.Host}{request.Path.Value!.TrimEnd('/')}/{begun.Id}";
        if (request.ContentType == PartType || length == 0)
        {
            await WriteAsync(context, services, caller, begun, cancellationToken);
        }
        else
        {
            Expires(context, begun);
        }

        return Results.StatusCode(StatusCodes.Status201Created);
    }

    private static async Task<IResult> OffsetAsync(string id, HttpContext context, StorageServices services)
    {
        var upload = Find(id, await RestCaller.Of(context, services.Tokens), services);
        context.Response.Headers["Upload-Offset"] = Text(services.Uploads.OffsetOf(upload));
        context.Response.Headers["Upload-Length"] = Text(upload.Length);
        Expires(context, upload);
        return Results.StatusCode(StatusCodes.Status200OK);
    }

    private static async Task<IResult> AppendAsync(string id, HttpContext context, StorageServices services, CancellationToken cancellationToken)
    {
        var caller = await RestCaller.Of(context, services.Tokens);
        var upload = Find(id, caller, services);
        if (context.Request.ContentType != PartType)
        {
            throw new StorageFault(415, "invalid_mime_type", $"Content-Type must be {PartType}");
        }

        await services.Rows.CheckAsync(caller, upload.Object, upload.Length, cancellationToken);
        await WriteAsync(context, services, caller, upload, cancellationToken);
        return Results.StatusCode(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> RemoveAsync(string id, HttpContext context, StorageServices services)
    {
        var upload = Find(id, await RestCaller.Of(context, services.Tokens), services);
        using var hold = services.Uploads.Hold(upload) ?? throw Held();
        services.Uploads.Remove(upload.Id);
        return Results.StatusCode(StatusCodes.Status204NoContent);
    }

    /// <summary>Takes the request's body as the next part, and makes the object when it was the last.</summary>
    private static async Task WriteAsync(HttpContext context, StorageServices services, Caller caller, UnfinishedUpload upload, CancellationToken cancellationToken)
    {
        using var hold = services.Uploads.Hold(upload) ?? throw Held();
        if (context.Request.Method == "PATCH" && Number(context.Request, "Upload-Offset") != services.Uploads.OffsetOf(upload))
        {
            throw new StorageFault(409, "Conflict", "Upload-Offset conflict");
        }

        await services.Uploads.AppendAsync(upload, context.Request.Body, cancellationToken);
        var offset = services.Uploads.OffsetOf(upload);
        if (offset == upload.Length)
        {
            await FinishAsync(services, caller, upload);
        }
        else
        {
            Expires(context, upload);
        }

        context.Response.Headers["Upload-Offset"] = Text(offset);
    }

    /// <summary>All of it is here: that the client leaves now changes nothing.</summary>
    private static async Task FinishAsync(StorageServices services, Caller caller, UnfinishedUpload upload)
    {
        var version = services.Files.Adopt(services.Uploads.PartsOf(upload.Id));
        services.Uploads.Remove(upload.Id);
        Guid? before;
        try
        {
            before = await services.Rows.AddAsync(caller, upload.Object, version, upload.Length, CancellationToken.None);
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
    }

    private static UnfinishedUpload Find(string id, Caller caller, StorageServices services) =>
        services.Uploads.Find(id, caller.UserId) ?? throw new StorageFault(404, "not_found", "The upload was not found");

    private static StorageFault Held() => new(423, "Locked", "Another request writes to this upload");

    private static void Expires(HttpContext context, UnfinishedUpload upload) =>
        context.Response.Headers["Upload-Expires"] = upload.Expires.ToString("R", CultureInfo.InvariantCulture);

    private static long Number(HttpRequest request, string header) =>
        long.TryParse(request.Headers[header], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new StorageFault(400, "InvalidRequest", $"{header} is missing or no number");

    /// <summary>Pairs of a key and a value in base64, with commas between them.</summary>
    private static Dictionary<string, string> Metadata(string header)
    {
        var read = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in header.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var words = pair.Split(' ', 2);
            var value = new byte[words[^1].Length];
            if (words.Length == 2 && !Convert.TryFromBase64String(words[1], value, out _))
            {
                throw new StorageFault(400, "InvalidRequest", "Upload-Metadata is not as TUS has it");
            }

            read[words[0]] = words.Length < 2 ? "" : Encoding.UTF8.GetString(Convert.FromBase64String(words[1]));
        }

        return read;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
