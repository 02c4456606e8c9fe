namespace CogCommit.Core.Cloud.Http;

/// <summary>Reads an answer's body, but not for ever: whoever answers, this process must not be filled by it.</summary>
internal static class AnswerBody
{
    /// <summary>
    /// The largest page that a cloud has reason to send is one row of 4 MB (which PostgreSQL prints half as long again) and its parents; the
    /// largest answer to a push has the winners of some such rows.
    /// </summary>
    public const int Longest = 64 * 1024 * 1024;

    /// <exception cref="CogCommitException">CloudAnswerTooLong.</exception>
    public static async Task<byte[]> ReadAsync(HttpContent content, Uri url, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > Longest)
        {
            throw TooLong(url);
        }

        var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        using var body = new MemoryStream((int)Math.Min(content.Headers.ContentLength ?? 0, 1024 * 1024));
        var part = new byte[64 * 1024];
        int read;
        while ((read = await stream.ReadAsync(part, cancellationToken).ConfigureAwait(false)) > 0)
        {
            if (body.Length + read > Longest)
            {
                throw TooLong(url);
            }

            body.Write(part, 0, read);
        }

        return body.ToArray();
    }

    private static CogCommitException TooLong(Uri url) => new(
        "CloudAnswerTooLong",
        $"What answers at {url.GetLeftPart(UriPartial.Authority)} sends more than {Longest / 1024 / 1024} MB at once, which no CogCommit cloud does. It was not read to its end. " +
        "A proxy may stand between, or the address is wrong. Nothing is lost; open the address in a browser to see.",
        ErrorKind.Unavailable);
}
