namespace CogCommit.Core.Export.Formats;

/// <summary>The page's own style, from page.css.</summary>
internal static class HtmlPage
{
    public static string Style { get; } = Read();

    private static string Read()
    {
        using var stream = typeof(HtmlPage).Assembly.GetManifestResourceStream("Export/page.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
