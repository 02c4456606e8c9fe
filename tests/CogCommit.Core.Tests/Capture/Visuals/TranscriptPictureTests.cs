using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CogCommit.Core.Store;
using CogCommit.Core.Tests.Capture.Import;
using CogCommit.Testing;

namespace CogCommit.Core.Tests.Capture.Visuals;

/// <summary>Which pictures of a message are kept, as what, and what is told of the others.</summary>
public sealed class TranscriptPictureTests : IDisposable
{
    private const string A = "aaaaaaaa-0000-4000-8000-000000000001";
    private static readonly byte[] Svg = Encoding.UTF8.GetBytes("<svg xmlns='http://www.w3.org/2000/svg'/>");
    private readonly TranscriptFolder _folder = new();
    private readonly CapturedStore _store = new();

    [Fact]
    public void Each_picture_of_a_message_is_a_row_of_its_turn_and_the_same_one_twice_is_one()
    {
        Import(Line(Text("compare"), Image("image/png", Png.Of(1)), Image("image/png", Png.Of(2)), Image("image/png", Png.Of(1))));
        Assert.Equal(
            Hashes(Png.Of(1), Png.Of(2)),
            _store.Query("select v.content_hash from visuals v join turns t on t.id = v.turn_id where t.content = 'compare' order by 1"));
    }

    [Fact]
    public void Pictures_of_a_tools_result_are_kept_as_those_of_a_prompt()
    {
        var result = new JsonObject
        {
            ["type"] = "tool_result", ["tool_use_id"] = "shot", ["content"] = new JsonArray(Text("two"), Image("image/png", Png.Of(1)), Image("image/png", Png.Of(2))),
        };
        _ = new TranscriptBuilder(A).Prompt("look").Call("shot", "Screenshot", []).Raw(Line(result)).Write(_folder.Root);
        _store.Import(_folder.Root);
        Assert.Equal(Hashes(Png.Of(1), Png.Of(2)), _store.Query("select content_hash from visuals order by 1"));
    }

    [Theory]
    [InlineData("image/svg+xml", "image/svg+xml")]
    [InlineData("text/html", "text/html")]
    [InlineData("image/png", "application/octet-stream")]
    public void What_the_cloud_does_not_take_is_kept_here_as_what_it_is_and_never_as_a_picture_that_it_is_not(string called, string kept)
    {
        Import(Line(Text("draw"), Image(called, Svg)));
        Assert.Equal([$"{kept} | {Svg.Length} | {VisualFiles.HashOf(Svg)}"], _store.Query("select mime, byte_size, content_hash from visuals"));
        Assert.Equal(Svg, File.ReadAllBytes(Assert.Single(Directory.GetFiles(_store.Store.Home.VisualsPath))));
    }

    [Fact]
    public void A_picture_that_is_no_base64_is_told_with_its_line_and_stops_nothing_beside_it()
    {
        var torn = Image("image/png", Png.Of(1));
        torn["source"]!["data"] = "%%%";
        var path = Write(Line(Text("three"), Image("image/png", Png.Of(2)), torn, Image("image/png", Png.Of(3))));
        var bad = Assert.Single(_store.Import(_folder.Root).BadLines);
        Assert.Equal((path, 1), (bad.File, bad.Line));
        Assert.Contains("no base64", bad.Reason, StringComparison.Ordinal);
        Assert.Equal(Hashes(Png.Of(2), Png.Of(3)), _store.Query("select content_hash from visuals order by 1"));
        Assert.Equal(["three"], _store.Query("select content from turns"));
    }

    [Fact]
    public void A_picture_that_is_elsewhere_is_not_fetched_and_its_turn_is_kept()
    {
        var linked = new JsonObject { ["type"] = "image", ["source"] = new JsonObject { ["type"] = "url", ["url"] = "https://example.org/secret.png" } };
        Import(Line(Text("see there"), linked));
        Assert.Empty(_store.Query("select id from visuals"));
        Assert.Equal(["see there"], _store.Query("select content from turns"));
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    private static JsonObject Text(string text) => new() { ["type"] = "text", ["text"] = text };

    private static JsonObject Image(string mediaType, byte[] content) => new()
    {
        ["type"] = "image",
        ["source"] = new JsonObject { ["type"] = "base64", ["media_type"] = mediaType, ["data"] = Convert.ToBase64String(content) },
    };

    /// <summary>A record of the user with these blocks.</summary>
    private static string Line(params JsonNode[] blocks) => new JsonObject
    {
        ["type"] = "user",
        ["uuid"] = "bbbbbbbb-0000-4000-8000-000000000001",
        ["sessionId"] = A,
        ["cwd"] = "/home/ann/projects/loom",
        ["timestamp"] = new DateTimeOffset(2026, 3, 1, 11, 0, 0, TimeSpan.Zero).ToString("O", CultureInfo.InvariantCulture),
        ["message"] = new JsonObject { ["role"] = "user", ["content"] = new JsonArray(blocks) },
    }.ToJsonString();

    private static IEnumerable<string> Hashes(params byte[][] contents) => contents.Select(content => VisualFiles.HashOf(content)).Order(StringComparer.Ordinal);

    private string Write(string line) => new TranscriptBuilder(A).Raw(line).Write(_folder.Root);

    private void Import(string line)
    {
        Write(line);
        Assert.Empty(_store.Import(_folder.Root).BadLines);
    }
}
