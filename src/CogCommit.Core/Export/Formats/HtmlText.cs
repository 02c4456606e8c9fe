using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace CogCommit.Core.Export.Formats;

/// <summary>
/// Foreign text in HTML. Every character of it is encoded first; only then marks of ours go around: blocks of code, code within a line,
/// headings and bold. It is no Markdown renderer: what it does not know is shown as it was written.
/// </summary>
internal static partial class HtmlText
{
    public static string Encode(string text) => WebUtility.HtmlEncode(text);

    public static string Prose(string text)
    {
        var html = new StringBuilder(text.Length * 2);
        var paragraph = new List<string>();
        string? open = null;
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            var fence = FenceLine().Match(line);
            if (open is null && fence.Success)
            {
                Flush(html, paragraph);
                open = fence.Groups[1].Value;
                html.Append("<pre><code>");
            }
            else if (open is not null && fence.Success && fence.Groups[1].Value[0] == open[0] && fence.Groups[1].Length >= open.Length && fence.Groups[2].Length == 0)
            {
                open = null;
                html.Append("</code></pre>\n");
            }
            else if (open is not null)
            {
                html.Append(Encode(line)).Append('\n');
            }
            else if (string.IsNullOrWhiteSpace(line))
            {
                Flush(html, paragraph);
            }
            else
            {
                paragraph.Add(Line(line));
            }
        }

        Flush(html, paragraph);
        return open is null ? html.ToString() : html.Append("</code></pre>\n").ToString();
    }

    private static string Line(string line)
    {
        if (Heading().Match(line) is { Success: true } heading)
        {
            return $"<strong>{Spans(heading.Groups[1].Value)}</strong>";
        }

        return Spans(line);
    }

    private static string Spans(string line)
    {
        var html = new StringBuilder();
        var at = 0;
        foreach (Match code in CodeSpan().Matches(line))
        {
            html.Append(Bold(line[at..code.Index])).Append("<code>").Append(Encode(code.Groups[2].Value)).Append("</code>");
            at = code.Index + code.Length;
        }

        return html.Append(Bold(line[at..])).ToString();
    }

    private static string Bold(string text) => BoldSpan().Replace(Encode(text), "<strong>$1</strong>");

    private static void Flush(StringBuilder html, List<string> paragraph)
    {
        if (paragraph.Count > 0)
        {
            html.Append("<p>").AppendJoin('\n', paragraph).Append("</p>\n");
            paragraph.Clear();
        }
    }

    [GeneratedRegex(@"^ {0,3}(`{3,}|~{3,})\s*([^`]*?)\s*$")]
    private static partial Regex FenceLine();

    [GeneratedRegex(@"^#{1,6} (.+)$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")]
    private static partial Regex CodeSpan();

    [GeneratedRegex(@"\*\*(\S(?:.*?\S)?)\*\*")]
    private static partial Regex BoldSpan();
}
