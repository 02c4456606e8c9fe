using CogCommit.Core.Export;
using CogCommit.Core.Export.Formats;
using CsCheck;

namespace CogCommit.Core.Tests.Export;

public class MarkdownTests
{
    [Fact]
    public void A_fence_is_longer_than_any_inside() => Gen.OneOf("`", "``", "```", "\n", "a", " ").Array[0, 30].Select(string.Concat).Sample(text =>
    {
        var lines = MarkdownText.Fence(text).TrimEnd('\n').Split('\n');
        Assert.DoesNotContain(lines[1..^1], line => line.Contains(lines[0], StringComparison.Ordinal));
        Assert.Equal(lines[0], lines[^1]);
    });

    [Fact]
    public void An_open_fence_in_an_answer_is_closed_and_the_rest_stays_readable()
    {
        using var store = new ExportStore();
        store.Fill(ExportRows.Conversation(answer: "Look:\n````js\n```\nlet x", toolCalls: """[{"id":"t","name":"Bash","input":{"command":"ls"},"result":"a\nb","isError":true}]"""));
        var markdown = store.Export(ExportFormat.Markdown);
        Assert.Contains("````js\n```\nlet x\n````\n", markdown, StringComparison.Ordinal);
        Assert.Contains("<summary><b>Bash</b> <code>ls</code> (failed)</summary>", markdown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("</details><script>x</script>", "&lt;/details>&lt;script>x&lt;/script>")]
    [InlineData("a < b and `List<int>` and <b>", "a < b and `List<int>` and &lt;b>")]
    [InlineData("```\n<b>\n```", "```\n<b>\n```")]
    [InlineData("see <https://example.org/a>", "see <https://example.org/a>")]
    [InlineData("<!-- hidden", "&lt;!-- hidden")]
    public void Raw_html_in_an_answer_is_shown_and_not_interpreted(string answer, string expected) =>
        Assert.Equal(expected + "\n", MarkdownText.Prose(answer));

    [Fact]
    public void A_prompt_is_a_quote_and_keeps_its_lines()
    {
        using var store = new ExportStore();
        store.Fill(ExportRows.Conversation(prompt: "one\ntwo\n\nthree"));
        Assert.Contains("### You · 20:36:45\n\n> one  \n> two\n>\n> three\n", store.Export(ExportFormat.Markdown), StringComparison.Ordinal);
    }

    [Fact]
    public void A_title_is_text_whatever_it_looks_like()
    {
        using var store = new ExportStore();
        store.Fill(ExportRows.Conversation(title: "# <b>*a*</b> | `x`"));
        Assert.StartsWith("# \\# \\<b\\>\\*a\\*\\</b\\> \\| \\`x\\`\n", store.Export(ExportFormat.Markdown), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ExportFormat.Markdown)]
    [InlineData(ExportFormat.Html)]
    public void Nothing_is_cut(ExportFormat format)
    {
        var text = string.Join('\n', Enumerable.Range(0, 20_000).Select(i => $"line{i}x"));
        using var store = new ExportStore();
        store.Fill(ExportRows.Conversation(text, text, System.Text.Json.JsonSerializer.Serialize(new[] { new { id = "t", name = "Write", input = new { content = text }, result = text, isError = false } })));
        var document = store.Export(format);
        for (var i = 0; i < 20_000; i += 500)
        {
            Assert.Equal(4, document.Split($"line{i}x").Length - 1);
        }
    }
}
