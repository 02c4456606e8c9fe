using Markdig.Syntax;

namespace CogCommit.Help.Pages;

/// <summary>What docs/cmdlets says of a cmdlet; docs/cmdlets/README.md has the shape.</summary>
public sealed class CmdletPage
{
    private static readonly string[] Order = ["Synopsis", "Description", "Examples", "Parameters", "Inputs", "Outputs", "Notes", "Related links"];
    private static readonly string[] Optional = ["Parameters", "Notes"];

    private CmdletPage(Section page)
    {
        Page = page;
        CheckSections(page);
        Synopsis = One(Below("Synopsis"));
        Description = Below("Description").TextOnly();
        Examples = [.. Headed("Examples").Select(ExampleOf)];
        Parameters = [.. (page.Children.Any(section => section.Title == "Parameters") ? Headed("Parameters") : []).Select(ParameterOf)];
        Inputs = [.. Headed("Inputs").Select(TextOf)];
        Outputs = [.. Headed("Outputs").Select(TextOf)];
        Notes = page.Children.Any(section => section.Title == "Notes") ? Below("Notes").TextOnly() : [];
        RelatedLinks = LinksOf(Below("Related links"));
    }

    /// <summary>For messages about the page as a whole.</summary>
    public Section Page { get; }

    public string Name => Page.Title;

    public string Synopsis { get; }

    public IReadOnlyList<string> Description { get; }

    public IReadOnlyList<Example> Examples { get; }

    public IReadOnlyList<NamedText> Parameters { get; }

    public IReadOnlyList<NamedText> Inputs { get; }

    public IReadOnlyList<NamedText> Outputs { get; }

    public IReadOnlyList<string> Notes { get; }

    public IReadOnlyList<string> RelatedLinks { get; }

    /// <exception cref="HelpException">The page has not the shape of docs/cmdlets/README.md.</exception>
    public static CmdletPage Read(string file, string markdown) => new(MarkdownPage.Read(file, markdown));

    /// <summary>An error at this line of the page.</summary>
    public HelpException Wrong(int line, string what) => new(Page.File, line, what);

    private static void CheckSections(Section page)
    {
        if (page.Blocks.Count > 0)
        {
            throw page.Wrong("Text comes below one of the headings of the second level.", page.Blocks[0]);
        }
        var last = -1;
        foreach (var section in page.Children)
        {
            var place = Array.IndexOf(Order, section.Title);
            if (place <= last)
            {
                throw section.Wrong($"'{section.Title}' is not expected here. The headings are, in this order: {string.Join(", ", Order)}.");
            }
            last = place;
        }
        if (Order.Except(Optional).Except(page.Children.Select(section => section.Title)).FirstOrDefault() is { } missing)
        {
            throw page.Wrong($"'## {missing}' is missing.");
        }
    }

    private Section Below(string title) => Page.Children.First(section => section.Title == title);

    private List<Section> Headed(string title)
    {
        var section = Below(title);
        if (section.Blocks.Count > 0)
        {
            throw section.Wrong($"Text below '{title}' comes under a heading of its own, '### ...'.", section.Blocks[0]);
        }
        var twice = section.Children.GroupBy(child => child.Title).FirstOrDefault(same => same.Count() > 1);
        if (twice is not null)
        {
            throw twice.Last().Wrong($"'{twice.Key}' stands twice below '{title}'.");
        }
        return section.Children.Count > 0 ? section.Children : throw section.Wrong($"'{title}' has no '### ...' below it.");
    }

    private static string One(Section section) => section.TextOnly() is [var text] ? text : throw section.Wrong($"'{section.Title}' is one paragraph.");

    private static NamedText TextOf(Section section) => new(section.Title, section.TextOnly(), section.Line);

    private static NamedText ParameterOf(Section section) => section.Title.StartsWith('-')
        ? new NamedText(section.Title[1..], section.TextOnly(), section.Line)
        : throw section.Wrong("A parameter's heading is '### -Name'.");

    private static Example ExampleOf(Section section)
    {
        if (section.Blocks is not [FencedCodeBlock { Info: "powershell" } code, _, ..] || section.Children.Count > 0)
        {
            throw section.Wrong("An example is a title, a block of code that begins with ```powershell, and a sentence or two.");
        }
        return new Example(
            section.Title,
            PlainText.Code(code),
            (code.Arguments ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries),
            [.. section.Blocks.Skip(1).SelectMany(block => PlainText.Of(section, block))],
            code.Line + 2);
    }

    private static List<string> LinksOf(Section section) => section.Blocks is [ListBlock list] && section.Children.Count == 0
        ? [.. list.Cast<ListItemBlock>().Select(item => PlainText.Of(section, item[0]).First())]
        : throw section.Wrong("Related links are a list.");
}
