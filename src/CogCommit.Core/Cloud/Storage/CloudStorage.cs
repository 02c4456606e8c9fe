using System.Net;
using System.Text.Json;
using CogCommit.Core.Cloud.Http;

namespace CogCommit.Core.Cloud.Storage;

/// <summary>Supabase Storage's wire, as the user who is signed in.</summary>
internal sealed class CloudStorage(SignedInHttp http) : ICloudStorage
{
    /// <summary>What is larger goes in parts of exactly this size, as Supabase wants them.</summary>
    public const int PartSize = 6 * 1024 * 1024;

    private const string Objects = "/storage/v1/object/visuals";

    private readonly ResumableUpload _resumable = new(http);

    public Uri Url => http.Url;

    public string UserId => http.UserId;

    public long BytesSent => http.Traffic.BytesSent;

    public long BytesReceived => http.Traffic.BytesReceived;

    public int Requests => http.Traffic.Requests;

    public async Task<JsonElement> LookAsync(IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, IReadOnlyList<string>> { ["paths"] = paths });
        var answer = await http.SendAsync(
            token => new CloudRequest(HttpMethod.Post, "/rest/v1/rpc/cogcommit_pictures") { Body = body, Token = token }, cancellationToken).ConfigureAwait(false);
        return answer.Succeeded ? answer.Json(Url) : throw CloudFaults.Of(Url, "cogcommit_pictures", answer, body.Length);
    }

    public async Task<UploadOutcome> UploadAsync(PictureUpload picture, CancellationToken cancellationToken)
    {
        if (!IsPlain(picture.Path))
        {
            return new UploadOutcome(UploadAnswer.Refused, "the cloud names no place for it");
        }

        if (picture.Content.Length <= PartSize)
        {
            return await SendWholeAsync(picture, cancellationToken).ConfigureAwait(false);
        }

        var (outcome, confirmed) = await _resumable.SendAsync(picture, cancellationToken).ConfigureAwait(false);
        if (outcome.Answer == UploadAnswer.Stored && !confirmed && !await IsThereAsync(picture.Path, cancellationToken).ConfigureAwait(false))
        {
            // It had all the bytes, and what it makes of them nobody heard: the next time it is asked anew.
            picture.Began(null);
            throw new CloudUnreachableException(Url, "it has taken all of a picture and shows none.");
        }

        return outcome;
    }

    public async Task<bool> DownloadAsync(string path, long size, Stream target, CancellationToken cancellationToken)
    {
        if (!IsPlain(path))
        {
            throw new CogCommitException("BadPicturePath", "The place that the cloud names for this picture is none, so nothing was fetched from there.", ErrorKind.InvalidData);
        }

        var download = new PictureDownload(size, target, http.Traffic);
        var answer = await http.SendAsync(
            token => new CloudRequest(HttpMethod.Get, "/storage/v1/object/authenticated/visuals/" + Escaped(path))
            {
                Token = token,
                Headers = download.Done == 0 ? [] : [("Range", $"bytes={download.Done}-")],
                ReceiveAsync = download.TakeAsync,
            },
            cancellationToken).ConfigureAwait(false);
        return answer.Status switch
        {
            HttpStatusCode.NotFound => false,
            // The line broke when all had come.
            HttpStatusCode.RequestedRangeNotSatisfiable when download.Done == size => true,
            _ => answer.Succeeded ? true : throw Fault(answer),
        };
    }

    public async Task<IReadOnlyList<string>> RemoveAsync(IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        List<string> removed = [];
        foreach (var some in paths.Chunk(1000))
        {
            var body = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string[]> { ["prefixes"] = some });
            var answer = await http.SendAsync(
                token => new CloudRequest(HttpMethod.Delete, Objects) { Body = body, Token = token }, cancellationToken).ConfigureAwait(false);
            removed.AddRange(Names(answer.Succeeded ? answer.Json(Url) : throw Fault(answer)));
        }

        return removed;
    }

    public async Task RemoveLooseAsync(CancellationToken cancellationToken)
    {
        // A thousand at a time, until there are none, or none that goes.
        while (Paths(await LookAsync([], cancellationToken).ConfigureAwait(false), "loose") is { Count: > 0 } loose)
        {
            if ((await RemoveAsync(loose, cancellationToken).ConfigureAwait(false)).Count == 0)
            {
                throw new CloudRejectedException((int)HttpStatusCode.Forbidden, null, $"{loose.Count} pictures that belong to nothing could not be removed");
            }
        }
    }

    /// <summary>A list of paths in what was seen; what is no text is none.</summary>
    private static List<string> Paths(JsonElement look, string name) => look.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
        ? [.. list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)]
        : [];

    /// <summary>Whether it stays in the bucket: a dot in an address leads elsewhere.</summary>
    private static bool IsPlain(string path) => path.Split('/').All(part => part is not ("" or "." or ".."));

    /// <summary>Each part escaped by itself: a path of the cloud's says nothing but where in the bucket.</summary>
    private static string Escaped(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    private async Task<UploadOutcome> SendWholeAsync(PictureUpload picture, CancellationToken cancellationToken)
    {
        var body = new byte[picture.Content.Length];
        picture.Content.Position = 0;
        await picture.Content.ReadExactlyAsync(body, cancellationToken).ConfigureAwait(false);
        var answer = await http.SendAsync(
            token => new CloudRequest(HttpMethod.Post, $"{Objects}/{Escaped(picture.Path)}")
            {
                Body = body,
                BodyType = picture.Mime,
                Token = token,
                Headers = [("x-upsert", "false")],
            },
            cancellationToken).ConfigureAwait(false);
        if (answer.Succeeded)
        {
            picture.Sent(body.Length);
            return new UploadOutcome(UploadAnswer.Stored);
        }

        return StorageFaults.Outcome(answer) ?? throw Fault(answer);
    }

    private async Task<bool> IsThereAsync(string path, CancellationToken cancellationToken)
    {
        return Paths(await LookAsync([path], cancellationToken).ConfigureAwait(false), "stored").Contains(path);
    }

    private static IEnumerable<string> Names(JsonElement removed) => removed.ValueKind == JsonValueKind.Array
        ? [.. removed.EnumerateArray().Select(item => item.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString()! : "").Where(name => name.Length > 0)]
        : [];

    private CogCommitException Fault(CloudAnswer answer) => StorageFaults.Of(Url, answer);
}
