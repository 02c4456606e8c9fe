using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace CogCommit.Help.Pages;

/// <summary>Markdown as a terminal shows it: no marks, links by their text.</summary>
public static class PlainText
{
    /// <summary>A paragraph, the items of a list, or the lines of code, each as a paragraph without line breaks of its own; code keeps its.</summary>
    /// <exception cref="HelpException">Anything else: tables, quotes, HTML.</exception>
    public static IEnumerable<string> Of(Section section, Block block) => block switch
    {
        ParagraphBlock paragraph => [Of(paragraph.Inline)],
        CodeBlock code => [Code(code)],
        ListBlock list => list.Cast<ListItemBlock>().SelectMany((item, i) => Item(section, list.IsOrdered ? $"{i + 1}. " : "- ", item)),
        _ => throw section.Wrong($"Help takes paragraphs, lists and code; this is a {block.GetType().Name}.", block),
    };

    /// <summary>Code as it stands, without the last line break.</summary>
    public static string Code(CodeBlock code) => code.Lines.ToString().ReplaceLineEndings("\n").TrimEnd('\n');

    public static string Of(ContainerInline? inline) => string.Concat((inline ?? Enumerable.Empty<Inline>()).Select(Of)).Trim();

    private static string Of(Inline inline) => inline switch
    {
        LiteralInline literal => literal.Content.ToString(),
        CodeInline code => code.Content,
        LineBreakInline => " ",
        AutolinkInline link => link.Url,
        HtmlEntityInline entity => entity.Transcoded.ToString(),
        ContainerInline container => string.Concat(container.Select(Of)),
        _ => throw new NotSupportedException($"Help takes no {inline.GetType().Name}."),
    };

    private static IEnumerable<string> Item(Section section, string mark, ListItemBlock item) =>
        item.SelectMany(block => Of(section, block)).Select((text, i) => (i == 0 ? mark : new string(' ', mark.Length)) + text);
}
