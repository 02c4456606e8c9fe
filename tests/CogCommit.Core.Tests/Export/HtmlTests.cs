using System.Text.RegularExpressions;
using System.Xml.Linq;
using CogCommit.Core.Export;
using CsCheck;

namespace CogCommit.Core.Tests.Export;

public partial class HtmlTests
{
    private const string Attack = "\"'><script>alert(1)</script><img src=x onerror=alert(1)></style></pre></code> `<script>` **<b onclick=x>**\n```</script>\n<script>alert(2)</script>";

    [Fact]
    public void No_script_of_a_transcript_can_run()
    {
        using var store = new ExportStore();
        var calls = System.Text.Json.JsonSerializer.Serialize(new[] { new { id = Attack, name = Attack, input = new Dictionary<string, string> { [Attack] = Attack, ["command"] = Attack }, result = Attack, isError = true } });
        store.Fill(ExportRows.Conversation(Attack, Attack, calls, Attack));
        store.Execute("""update cognitive_commits set branch = '"><script>', git_subject = '<script>', files_changed = '["<script>"]', closed_by = '<script>', source = '<script>'""");
        store.Execute("""update turns set model = '"><script>'""");
        Harmless(store.Export(ExportFormat.Html));
    }

    [Fact]
    public void Whatever_is_said_the_page_holds_only_our_own_elements() => ExportRows.Some.Sample(
        rows =>
        {
            using var store = new ExportStore();
            store.Fill(rows);
            Harmless(store.Export(ExportFormat.Html));
        },
        iter: 30);

    [Fact]
    public void The_page_forbids_scripts_and_requests()
    {
        using var store = new ExportStore();
        Assert.Contains("""<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">""", store.Export(ExportFormat.Html), StringComparison.Ordinal);
    }

    [Fact]
    public void Code_bold_and_headings_of_an_answer_are_shown_as_such()
    {
        using var store = new ExportStore();
        store.Fill(ExportRows.Conversation(answer: "# Plan\nUse `a<b>` and **much** care.\n```cs\nif (a < b)\n```"));
        var html = store.Export(ExportFormat.Html);
        Assert.Contains("<p><strong>Plan</strong>\nUse <code>a&lt;b&gt;</code> and <strong>much</strong> care.</p>\n<pre><code>if (a &lt; b)\n</code></pre>", html, StringComparison.Ordinal);
    }

    /// <summary>Reads the page strictly: an element or attribute that is not ours came from outside.</summary>
    private static void Harmless(string html)
    {
        var body = html[html.IndexOf("<body>", StringComparison.Ordinal)..html.IndexOf("</html>", StringComparison.Ordinal)];
        var page = XElement.Parse(NotInXml().Replace(ImageTag().Replace(body, "<img $1/>"), "?"));
        string[] ours = ["body", "article", "h1", "h2", "dl", "dt", "dd", "section", "header", "b", "p", "pre", "code", "strong", "details", "summary", "figure", "figcaption", "img"];
        foreach (var element in page.DescendantsAndSelf())
        {
            Assert.Contains(element.Name.LocalName, ours);
            foreach (var attribute in element.Attributes())
            {
                Assert.Contains(attribute.Name.LocalName, new[] { "class", "alt", "src" });
                Assert.True(attribute.Name != "src" || attribute.Value.StartsWith("data:image/png;base64,", StringComparison.Ordinal));
            }
        }
    }

    [GeneratedRegex("<img ([^>]*)>")]
    private static partial Regex ImageTag();

    // Control characters, and what stands for them, have no place in XML, which only this test reads the page as.
    [GeneratedRegex("[\u0001-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|&#(?:1?[0-9]|2[0-9]|3[01]);")]
    private static partial Regex NotInXml();
}
