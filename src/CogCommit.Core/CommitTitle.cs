using System.Globalization;
using System.Text;

namespace CogCommit.Core;

/// <summary>The derived title of a commit (rule 11): one line, at most 100 characters, never empty.</summary>
internal static class CommitTitle
{
    public const int MaxLength = 100;

    /// <summary>Where nothing was written at all: an answer of tool calls alone.</summary>
    public const string Untitled = "Untitled";

    private const char Ellipsis = '…';

    /// <param name="firstPrompt">The first prompt that is not a bare slash command.</param>
    /// <param name="gitSubject">Of the git commit that closed it.</param>
    /// <param name="firstAnswer">The text of the first answer that has one.</param>
    /// <param name="bareCommand">The first slash command: better than nothing.</param>
    public static string Of(string? firstPrompt, string? gitSubject, string? firstAnswer, string? bareCommand = null) =>
        Shorten(firstPrompt) ?? Shorten(gitSubject) ?? Shorten(FirstLine(firstAnswer)) ?? Shorten(bareCommand) ?? Untitled;

    /// <summary>One line of at most 100 characters, cut at a word, or at least at a grapheme; null when nothing can be seen of it.</summary>
    public static string? Shorten(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var line = OneLine(text);
        if (line.Length <= MaxLength)
        {
            return line.Length == 0 ? null : line;
        }

        var end = LastGrapheme(line, MaxLength - 1);
        var word = line.LastIndexOf(' ', end);

        // A cut at the last space would leave little of a text without spaces, an address say, or Chinese.
        if (word >= MaxLength / 2)
        {
            end = word;
        }

        return string.Concat(line.AsSpan(0, end).TrimEnd(), [Ellipsis]);
    }

    /// <summary>The first line with something in it.</summary>
    public static string? FirstLine(string? text)
    {
        foreach (var line in (text ?? "").AsSpan().EnumerateLines())
        {
            if (!line.IsWhiteSpace())
            {
                return line.Trim().ToString();
            }
        }

        return null;
    }

    // Only as much of the text as a title can hold: a prompt may be megabytes.
    private static string OneLine(string text)
    {
        var line = new StringBuilder();
        foreach (var c in text)
        {
            if (line.Length > 4 * MaxLength)
            {
                break;
            }

            if (!char.IsWhiteSpace(c) && !char.IsControl(c))
            {
                line.Append(c);
            }
            else if (line.Length > 0 && line[^1] != ' ')
            {
                line.Append(' ');
            }
        }

        return line.ToString().TrimEnd();
    }

    private static int LastGrapheme(string line, int limit)
    {
        var end = 0;
        while (StringInfo.GetNextTextElementLength(line.AsSpan(end)) is var length && end + length <= limit)
        {
            end += length;
        }

        // One grapheme can be longer than a title: then it is cut at a code point.
        return end > 0 ? end : char.IsHighSurrogate(line[limit - 1]) ? limit - 1 : limit;
    }
}
