using System.Text;
using System.Text.RegularExpressions;

namespace CogCommit.Core.Export.Formats;

/// <summary>Foreign text in Markdown (GitHub's), so that it neither breaks out of its place nor swallows what follows.</summary>
internal static partial class MarkdownText
{
    /// <summary>A block of code whose fence is longer than any run of backticks inside.</summary>
    public static string Fence(string text, string language = "")
    {
        var fence = new string('`', Math.Max(3, LongestRun(text, '`') + 1));
        return $"{fence}{language}\n{text.ReplaceLineEndings("\n").TrimEnd('\n')}\n{fence}\n";
    }

    /// <summary>Code within a line.</summary>
    public static string Code(string text)
    {
        var ticks = new string('`', LongestRun(text, '`') + 1);
        var pad = text.Length == 0 || text[0] is '`' or ' ' || text[^1] is '`' or ' ' ? " " : "";
        return $"{ticks}{pad}{text.ReplaceLineEndings(" ")}{pad}{ticks}";
    }

    /// <summary>Plain text within a line: no character of it means anything.</summary>
    public static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length + 8);
        foreach (var character in text.ReplaceLineEndings(" "))
        {
            if (character is '\\' or '`' or '*' or '_' or '[' or ']' or '<' or '>' or '|' or '#' or '~' or '&')
            {
                plain.Append('\\');
            }

            plain.Append(character);
        }

        return plain.ToString();
    }

    /// <summary>Each line behind a quote mark.</summary>
    public static string Quote(string markdown) =>
        string.Join('\n', markdown.ReplaceLineEndings("\n").Split('\n').Select(line => line.Length == 0 ? ">" : "> " + line));

    /// <summary>
    /// Text that is Markdown already: it stays so, but raw HTML is shown instead of interpreted, and an open fence is closed.
    /// </summary>
    /// <param name="text">As written.</param>
    /// <param name="keepLines">For text that was typed and not composed: its line breaks show.</param>
    public static string Prose(string text, bool keepLines = false)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var prose = new StringBuilder(text.Length + 16);
        string? open = null;
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i];
            var fence = FenceLine().Match(line);
            if (open is null && fence.Success && !(fence.Groups[1].Value[0] == '`' && fence.Groups[2].Value.Contains('`')))
            {
                open = fence.Groups[1].Value;
                prose.Append(line);
            }
            else if (open is not null)
            {
                var closes = fence.Success && fence.Groups[1].Value[0] == open[0] && fence.Groups[1].Length >= open.Length && fence.Groups[2].Value.Trim().Length == 0;
                open = closes ? null : open;
                prose.Append(line);
            }
            else
            {
                prose.Append(WithoutHtml(line));
                if (keepLines && line.Trim().Length > 0 && i + 1 < lines.Length && lines[i + 1].Trim().Length > 0)
                {
                    prose.Append("  ");
                }
            }

            prose.Append('\n');
        }

        if (open is not null)
        {
            prose.Append(open).Append('\n');
        }

        return prose.ToString().TrimEnd('\n') + "\n";
    }

    private static string WithoutHtml(string line)
    {
        var safe = new StringBuilder(line.Length + 8);
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '`')
            {
                // A code span ends at a run of as many backticks; without one they are plain.
                var ticks = RunAt(line, i);
                var end = EndOfSpan(line, i + ticks, ticks);
                var taken = end < 0 ? ticks : end - i;
                safe.Append(line, i, taken);
                i += taken - 1;
            }
            else if (line[i] == '<' && i + 1 < line.Length && (char.IsAsciiLetter(line[i + 1]) || line[i + 1] is '/' or '!' or '?') && !AutoLink().IsMatch(line.AsSpan(i)))
            {
                safe.Append("&lt;");
            }
            else
            {
                safe.Append(line[i]);
            }
        }

        return safe.ToString();
    }

    private static int EndOfSpan(string line, int from, int ticks)
    {
        for (var i = from; i < line.Length; i++)
        {
            if (line[i] == '`')
            {
                var run = RunAt(line, i);
                if (run == ticks)
                {
                    return i + run;
                }

                i += run - 1;
            }
        }

        return -1;
    }

    private static int RunAt(string line, int start)
    {
        var end = start;
        while (end < line.Length && line[end] == '`')
        {
            end++;
        }

        return end - start;
    }

    private static int LongestRun(string text, char character)
    {
        var longest = 0;
        var run = 0;
        foreach (var c in text)
        {
            run = c == character ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }

    [GeneratedRegex(@"^ {0,3}(`{3,}|~{3,})(.*)$")]
    private static partial Regex FenceLine();

    [GeneratedRegex(@"^<https?://[^\s<>]*>")]
    private static partial Regex AutoLink();
}
