using Markdig;
using Markdig.Syntax;

namespace CogCommit.Help.Pages;

/// <summary>From a page's Markdown to the tree of its headings.</summary>
public static class MarkdownPage
{
    private const string NoHeading = "The page must begin with its heading, '# Name'.";

    /// <summary>The page's one heading of the first level, with everything below it.</summary>
    /// <param name="file">Its path, for messages; the name without extension must be its heading.</param>
    /// <param name="markdown">Its content.</param>
    /// <exception cref="HelpException">Text before the first heading, a second one of its level, a level left out.</exception>
    public static Section Read(string file, string markdown)
    {
        var open = new Stack<Section>();
        Section? page = null;
        foreach (var block in Markdown.Parse(markdown))
        {
            if (block is not HeadingBlock heading)
            {
                if (block is not LinkReferenceDefinitionGroup)
                {
                    (open.Count > 0 ? open.Peek() : throw new HelpException(file, block.Line + 1, NoHeading)).Blocks.Add(block);
                }
                continue;
            }
            while (open.Count >= heading.Level)
            {
                open.Pop();
            }
            if (heading.Level != open.Count + 1)
            {
                throw new HelpException(file, heading.Line + 1, open.Count == 0 ? NoHeading : "A level of headings is left out.");
            }
            var section = new Section(file, heading.Line + 1, heading.Level, PlainText.Of(heading.Inline), [], []);
            if (open.Count > 0)
            {
                open.Peek().Children.Add(section);
            }
            else if (page is not null)
            {
                throw section.Wrong("A page has one heading of the first level.");
            }
            page ??= section;
            open.Push(section);
        }
        if (page is null)
        {
            throw new HelpException(file, 1, "The page is empty.");
        }
        return page.Title == Path.GetFileNameWithoutExtension(file)
            ? page
            : throw page.Wrong($"The heading is '{page.Title}', but the file is {Path.GetFileName(file)}.");
    }
}
