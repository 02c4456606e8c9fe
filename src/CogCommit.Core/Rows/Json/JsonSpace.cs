namespace CogCommit.Core.Rows.Json;

/// <summary>What JSON may have between its tokens (RFC 8259, section 2).</summary>
internal static class JsonSpace
{
    public static ReadOnlySpan<byte> Characters => " \t\n\r"u8;

    /// <summary>Takes it out of valid JSON, in place. What stands within a text stays as it is, its escapes too.</summary>
    /// <returns>What is left of <paramref name="json"/>, at its beginning.</returns>
    public static Span<byte> Remove(Span<byte> json)
    {
        var (kept, inText) = (0, false);
        for (var i = 0; i < json.Length; i++)
        {
            if (!inText && Characters.Contains(json[i]))
            {
                continue;
            }

            if (inText && json[i] == '\\')
            {
                // What it escapes, a quote maybe, is no end.
                json[kept++] = json[i++];
            }
            else if (json[i] == '"')
            {
                inText = !inText;
            }

            json[kept++] = json[i];
        }

        return json[..kept];
    }
}
