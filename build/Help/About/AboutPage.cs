using System.Text;
using System.Text.RegularExpressions;
using CogCommit.Help.Pages;
using Markdig.Syntax;

namespace CogCommit.Help.About;

/// <summary>From a page of docs/about to the plain text of an about topic, at most 80 columns wide.</summary>
public static partial class AboutPage
{
    private const int Columns = 80;
    private const int Indent = 4;
    private static readonly string[] Order = ["Short description", "Long description", "Examples", "Keywords", "See also"];

    /// <exception cref="HelpException">The page has not the shape of docs/about/README.md, or code in it is too wide.</exception>
    public static string Render(string file, string markdown)
    {
        var page = MarkdownPage.Read(file, markdown);
        if (page.Blocks.Count > 0)
        {
            throw page.Wrong("Text comes below one of the headings of the second level.", page.Blocks[0]);
        }
        if (!page.Children.Select(section => section.Title).SequenceEqual(Order))
        {
            throw page.Wrong($"The headings are, in this order: {string.Join(", ", Order)}.");
        }
        var text = new StringBuilder();
        text.Append("TOPIC\n").Append(' ', Indent).Append(page.Title).Append('\n');
        foreach (var section in page.Children)
        {
            text.Append('\n').Append(section.Title.ToUpperInvariant()).Append('\n');
            Write(text, section);
            foreach (var part in section.Children)
            {
                text.Append("\n  ").Append(part.Title).Append('\n');
                Write(text, part);
            }
        }
        return text.ToString();
    }

    private static void Write(StringBuilder text, Section section)
    {
        if (section.Blocks.Count == 0 && section.Children.Count == 0)
        {
            throw section.Wrong($"'{section.Title}' has no text.");
        }
        for (var i = 0; i < section.Blocks.Count; i++)
        {
            if (i > 0)
            {
                text.Append('\n');
            }
            Write(text, section, section.Blocks[i]);
        }
    }

    private static void Write(StringBuilder text, Section section, Block block)
    {
        if (block is CodeBlock code)
        {
            foreach (var line in PlainText.Code(code).Split('\n').Select(line => line.Length == 0 ? "" : new string(' ', 2 * Indent) + line))
            {
                if (line.Length > Columns)
                {
                    throw section.Wrong($"This line of code is longer than {Columns - (2 * Indent)} columns: {line.Trim()}", code);
                }
                text.Append(line).Append('\n');
            }
            return;
        }
        foreach (var paragraph in PlainText.Of(section, block))
        {
            // What a list's item goes on with stands below its first word.
            var hang = block is ListBlock ? Mark().Match(paragraph).Length : 0;
            var first = paragraph.StartsWith(' ') ? Indent + hang : Indent;
            foreach (var line in Wrap.Lines(paragraph.TrimStart(), Columns, first, Indent + hang))
            {
                text.Append(line).Append('\n');
            }
        }
    }

    [GeneratedRegex(@"^( +|- |\d+\. )")]
    private static partial Regex Mark();
}
