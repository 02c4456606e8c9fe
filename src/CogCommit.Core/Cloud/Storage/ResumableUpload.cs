using System.Globalization;
using System.Net;
using System.Text;
using CogCommit.Core.Cloud.Http;

namespace CogCommit.Core.Cloud.Storage;

/// <summary>
/// Pictures in parts, by TUS 1.0.0. A part whose fate is unknown is never sent blindly again: the cloud is asked how much it has, and it
/// goes on there, also in another process.
/// </summary>
internal sealed class ResumableUpload(SignedInHttp http)
{
    // As often it may say that it has no more than before.
    private const int Patience = 5;

    private const string Uploads = "/storage/v1/upload/resumable";

    /// <returns>What became of it; and whether the cloud itself said so, or it is only known that it has all bytes.</returns>
    public async Task<(UploadOutcome Outcome, bool Confirmed)> SendAsync(PictureUpload picture, CancellationToken cancellationToken)
    {
        var id = picture.ResumeAt is { } known && IsName(known) ? known : null;
        long? offset = id is null ? null : await OffsetAsync(id, cancellationToken).ConfigureAwait(false);
        var part = new byte[CloudStorage.PartSize];
        var (stalled, begun, confirmed) = (0, 0, false);
        while (true)
        {
            if (offset is null)
            {
                if (begun++ == 2)
                {
                    throw new CloudUnreachableException(http.Url, "it forgets a picture while it is sent.");
                }

                (id, var refused) = await CreateAsync(picture, cancellationToken).ConfigureAwait(false);
                if (refused is not null)
                {
                    picture.Began(null);
                    return (refused, true);
                }

                offset = 0;
                picture.Began(id);
            }

            picture.Sent(offset.Value);
            if (offset == picture.Content.Length)
            {
                return (new UploadOutcome(UploadAnswer.Stored), confirmed);
            }

            picture.Content.Position = offset.Value;
            var length = (int)Math.Min(part.Length, picture.Content.Length - offset.Value);
            await picture.Content.ReadExactlyAsync(part.AsMemory(0, length), cancellationToken).ConfigureAwait(false);
            (var answer, confirmed) = await AppendAsync(id!, offset.Value, part.AsMemory(0, length), cancellationToken).ConfigureAwait(false);
            switch (answer.Status)
            {
                case HttpStatusCode.NotFound or HttpStatusCode.Gone:
                    offset = null;
                    break;
                case HttpStatusCode.Conflict or HttpStatusCode.Locked:
                    stalled = Stall(stalled);
                    offset = await OffsetAsync(id!, cancellationToken).ConfigureAwait(false);
                    break;
                case var _ when answer is { Succeeded: true, UploadOffset: { } next } && next <= picture.Content.Length:
                    stalled = next > offset ? 0 : Stall(stalled);
                    offset = next;
                    break;
                default:
                    picture.Began(null);
                    return (StorageFaults.Outcome(answer) ?? throw StorageFaults.Of(http.Url, answer), true);
            }
        }
    }

    private int Stall(int stalled) =>
        stalled + 1 < Patience ? stalled + 1 : throw new CloudUnreachableException(http.Url, "it takes no more of a picture that it has begun to take.");

    private async Task<(string? Id, UploadOutcome? Refused)> CreateAsync(PictureUpload picture, CancellationToken cancellationToken)
    {
        var metadata = string.Join(',', new[] { ("bucketName", "visuals"), ("objectName", picture.Path), ("contentType", picture.Mime) }
            .Select(pair => $"{pair.Item1} {Convert.ToBase64String(Encoding.UTF8.GetBytes(pair.Item2))}"));
        var answer = await http.SendAsync(
            token => Request(HttpMethod.Post, Uploads, token, ("Upload-Length", Text(picture.Content.Length)), ("Upload-Metadata", metadata), ("x-upsert", "false")),
            cancellationToken).ConfigureAwait(false);
        if (!answer.Succeeded)
        {
            return (null, StorageFaults.Outcome(answer) ?? throw StorageFaults.Of(http.Url, answer));
        }

        // Only its last part is taken: wherever else it leads, no token goes.
        var name = answer.Location?.OriginalString.TrimEnd('/').Split('/')[^1];
        return name is not null && IsName(name)
            ? (name, null)
            : throw new CloudRejectedException((int)answer.Status, null, "a resumable upload was begun, and its answer does not say where");
    }

    /// <returns>Null when the cloud knows nothing of it: it is done, or its time was over.</returns>
    private async Task<long?> OffsetAsync(string id, CancellationToken cancellationToken)
    {
        var answer = await http.SendAsync(token => Request(HttpMethod.Head, $"{Uploads}/{id}", token), cancellationToken).ConfigureAwait(false);
        return answer.Succeeded ? answer.UploadOffset : answer.Status is HttpStatusCode.NotFound or HttpStatusCode.Gone ? null : throw StorageFaults.Of(http.Url, answer);
    }

    /// <summary>Sends a part. Tries after the first ask how much has arrived instead.</summary>
    private async Task<(CloudAnswer Answer, bool Confirmed)> AppendAsync(string id, long offset, ReadOnlyMemory<byte> part, CancellationToken cancellationToken)
    {
        var tries = 0;
        var answer = await http.SendAsync(
            token => tries++ > 0
                ? Request(HttpMethod.Head, $"{Uploads}/{id}", token)
                : Request(HttpMethod.Patch, $"{Uploads}/{id}", token, ("Upload-Offset", Text(offset))) with { Body = part, BodyType = "application/offset+octet-stream" },
            cancellationToken).ConfigureAwait(false);
        return (answer, tries == 1);
    }

    private static CloudRequest Request(HttpMethod method, string path, HiddenText token, params (string Name, string Value)[] headers) =>
        new(method, path) { Token = token, Headers = [("Tus-Resumable", "1.0.0"), .. headers] };

    private static bool IsName(string text) => text.Length is > 0 and <= 1000 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
