using CogCommit.Core.Export;
using CogCommit.Core.Export.Reading;

namespace CogCommit.Core.Tests.Export;

public sealed class PictureTests : IDisposable
{
    private const string Commit = "c0000000-0000-4000-8000-000000000001";
    private const string Prompt = "10000000-0000-4000-8000-000000000001";
    private readonly ExportStore _store = new();

    [Fact]
    public void A_picture_stands_in_the_page_at_its_turn()
    {
        Fill(Picture(1, Prompt, "image/png", [1, 2, 3]));
        var html = _store.Export(ExportFormat.Html);
        Assert.InRange(html.IndexOf("data:image/png;base64,AQID", StringComparison.Ordinal), html.IndexOf("Hello", StringComparison.Ordinal), html.IndexOf("<p>Hi</p>", StringComparison.Ordinal));
        Assert.DoesNotContain("<h2>Pictures</h2>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_picture_without_a_turn_stands_at_the_end()
    {
        Fill(Picture(1, null, "image/png", [1, 2, 3]), Picture(2, "90000000-0000-4000-8000-00000000000f", "image/gif", [4]));
        var html = _store.Export(ExportFormat.Html);
        Assert.InRange(html.IndexOf("data:image/png", StringComparison.Ordinal), html.IndexOf("<h2>Pictures</h2>", StringComparison.Ordinal), html.Length);
        Assert.Contains("data:image/gif;base64,BA==", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_drawing_that_may_hold_scripts_is_named_and_not_shown()
    {
        Fill(Picture(1, Prompt, "image/svg+xml", "<svg/>"u8.ToArray()));
        var html = _store.Export(ExportFormat.Html);
        Assert.Contains("Not shown: image/svg+xml, 6 bytes.", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_picture_that_this_machine_lacks_is_named_and_travels_without_its_content()
    {
        Fill(Picture(1, Prompt, "image/png", [1, 2, 3]));
        Directory.Delete(_store.Home.VisualsPath, recursive: true);
        Assert.Contains("Not shown: image/png, 3 bytes, not on this machine.", _store.Export(ExportFormat.Html), StringComparison.Ordinal);
        using var other = new ExportStore();
        other.Import(_store.Export(ExportFormat.Json));
        Assert.Equal(_store.Export(ExportFormat.Json), other.Export(ExportFormat.Json));
    }

    [Fact]
    public void Its_content_is_a_file_of_the_home_it_comes_to()
    {
        Fill(Picture(1, Prompt, "image/png", [1, 2, 3]));
        using var other = new ExportStore();
        other.Import(_store.Export(ExportFormat.Jsonl));
        Assert.Equal([1, 2, 3], System.IO.File.ReadAllBytes((string)other.Scalar("select path from visuals")!));
    }

    [Fact]
    public void Markdown_names_it_at_its_turn()
    {
        Fill(Picture(1, Prompt, "image/png", [1, 2, 3]));
        Assert.Contains("> Hello\n\n*Picture: screenshot, image/png, 3 bytes.", _store.Export(ExportFormat.Markdown), StringComparison.Ordinal);
    }

    public void Dispose() => _store.Dispose();

    private void Fill(params ExportRow[] pictures) => _store.Fill([.. ExportRows.Conversation(commit: Commit), .. pictures]);

    private static ExportRow.Visual Picture(int number, string? turn, string mime, byte[] data) =>
        new(ExportRows.Picture($"90000000-0000-4000-8000-00000000000{number}", Commit, turn, mime, data));
}
