using Markdig.Syntax;

namespace CogCommit.Help.Pages;

/// <summary>A heading, what stands below it, and the sections one level deeper.</summary>
/// <param name="File">The page it stands in.</param>
/// <param name="Line">That of the heading, from 1.</param>
/// <param name="Level">1 for the page's own heading.</param>
/// <param name="Title">The heading as plain text.</param>
/// <param name="Blocks">What stands before the first deeper heading.</param>
/// <param name="Children">The deeper ones, in their order.</param>
public sealed record Section(string File, int Line, int Level, string Title, List<Block> Blocks, List<Section> Children)
{
    public HelpException Wrong(string what, Block? at = null) => new(File, at is null ? Line : at.Line + 1, what);

    /// <summary>The section's own text, a paragraph a line; a list gives a paragraph for each item.</summary>
    public IReadOnlyList<string> Paragraphs => [.. Blocks.SelectMany(block => PlainText.Of(this, block))];

    /// <summary>The only text there is: no deeper heading, and not empty.</summary>
    public IReadOnlyList<string> TextOnly()
    {
        if (Children.Count > 0)
        {
            throw Children[0].Wrong($"No heading is expected below '{Title}'.");
        }
        return Text();
    }

    public IReadOnlyList<string> Text() => Paragraphs is { Count: > 0 } text ? text : throw Wrong($"'{Title}' has no text.");
}
