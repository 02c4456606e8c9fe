using System.Net;
using CogCommit.Core.Cloud.Http;

namespace CogCommit.Core.Cloud.Storage;

/// <summary>A picture on its way from the cloud, which may need several answers: each goes on where the one before broke off.</summary>
internal sealed class PictureDownload(long size, Stream target, CloudTraffic traffic)
{
    /// <summary>How many bytes have come.</summary>
    public long Done { get; private set; }

    public async Task TakeAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var from = answer.StatusCode == HttpStatusCode.PartialContent ? answer.Content.Headers.ContentRange?.From ?? 0 : 0;
        var skip = Done - from;
        if (skip < 0)
        {
            throw new IOException("The answer leaves something out.");
        }

        var body = await answer.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var part = new byte[81920];
        int read;
        while ((read = await body.ReadAsync(part, cancellationToken).ConfigureAwait(false)) > 0)
        {
            traffic.Received(read);
            var known = (int)Math.Min(skip, read);
            skip -= known;
            if (Done + read - known > size)
            {
                throw new CogCommitException(
                    "VisualDamaged",
                    $"The cloud has a larger picture than the {size} bytes that its row names: it was damaged or replaced there. Nothing of it was kept.",
                    ErrorKind.InvalidData);
            }

            await target.WriteAsync(part.AsMemory(known, read - known), cancellationToken).ConfigureAwait(false);
            Done += read - known;
        }
    }
}
