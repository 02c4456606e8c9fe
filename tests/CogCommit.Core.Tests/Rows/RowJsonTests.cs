using System.Text.Json;
using System.Text.Json.Nodes;
using CogCommit.Core.Rows;

namespace CogCommit.Core.Tests.Rows;

public class RowJsonTests
{
    private const string Id = "0b0e7a4e-5f0e-4c37-9d59-000000000001";
    private const string Other = "0b0e7a4e-5f0e-4c37-9d59-000000000002";
    private const string Time = "2026-02-11T20:36:45.618000Z";

    private static readonly CommitRow Commit = new()
    {
        Id = Id,
        Captured = new CapturedFields
        {
            Source = "claude_code",
            AgentSessionId = "agent",
            Project = "demo",
            Branch = "feature/é😀",
            GitHash = "99b497c",
            GitHashes = """["99b497c"]""",
            GitSubject = "A \"subject\"",
            StartedAt = Time,
            ClosedAt = Time,
            ClosedBy = "explicit",
            ClosedAfter = Other,
            Parallel = true,
            FilesRead = """["a/b.cs","ü"]""",
            FilesChanged = "[]",
            DerivedTitle = "derived",
            TurnCount = 3,
            PromptCount = 1,
            MachineId = "machine",
            Rev = "0001",
            Hash = "abc",
        },
        Curated = new CuratedFields
        {
            Title = "mine",
            TitleSet = true,
            Project = "other",
            Published = true,
            Hidden = true,
            DisplayOrder = -2,
            DeletedAt = Time,
            Version = 7,
            UpdatedAt = Time,
            Hash = "def",
        },
    };

    private static readonly TurnRow Turn = new()
    {
        Id = Id,
        SessionId = Other,
        Ordinal = 12,
        Role = "assistant",
        Content = "text\nwith ü and 😀",
        Timestamp = Time,
        Model = "model",
        ToolCalls = """[{"id":"t","name":"Bash","input":{"command":"ls"},"result":"x","isError":false}]""",
        Interrupted = true,
        Usage = """{"input_tokens":1}""",
        TriggersVisual = true,
        Rev = "0001",
        Hash = "abc",
    };

    [Fact]
    public void Rows_come_back_as_they_were_sent()
    {
        // How many bytes its turns have only travels to the cloud.
        var commit = JsonNode.Parse(RowJson.Write(Commit))!;
        commit["captured"]!.AsObject().Remove("bytes");
        Assert.Equal(Commit, RowJson.ReadCommit(Element(commit)));
        Assert.Equal(Turn, RowJson.ReadTurn(Element(RowJson.Write(Turn))));
        var session = new SessionRow { Id = Id, CommitId = Other, AgentSessionId = "a/b", IsSubagent = true, StartedAt = Time, EndedAt = Time, Rev = "1", Hash = "h" };
        Assert.Equal(session, RowJson.ReadSession(Element(RowJson.Write(session))));
        var visual = new VisualRow
        {
            Id = Id, CommitId = Other, TurnId = Id, Type = "screenshot", CapturedAt = Time, Caption = "c", ContentHash = new string('0', 64), ByteSize = 5_000_000_000,
            Mime = "image/png", Version = 2, UpdatedAt = Time, DeletedAt = Time, Rev = "1", Hash = "h",
        };
        Assert.Equal(visual, RowJson.ReadVisual(Element(RowJson.Write(visual))));
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("../../auth.json")]
    [InlineData("0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF")]
    public void A_content_hash_that_could_name_another_file_is_refused(string hash)
    {
        var json = RowJson.Write(new VisualRow
        {
            Id = Id,
            CommitId = Other,
            Type = "image",
            CapturedAt = Time,
            ContentHash = hash,
            Version = 1,
            UpdatedAt = Time,
            Rev = "",
            Hash = "",
        });
        Assert.Contains("content_hash", Assert.Throws<FormatException>(() => RowJson.ReadVisual(Element(json))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_half_that_is_not_sent_is_absent()
    {
        Assert.Null(RowJson.ReadCommit(Element(RowJson.Write(Commit with { Captured = null }))).Captured);
        Assert.Null(JsonNode.Parse(RowJson.Write(Commit with { Curated = null }))!["curated"]);
    }

    [Fact]
    public void Times_are_brought_to_the_one_text_form()
    {
        var row = JsonNode.Parse(RowJson.Write(Turn))!;
        row["timestamp"] = "2026-02-11T21:36:45.618+01:00";
        Assert.Equal(Time, RowJson.ReadTurn(Element(row)).Timestamp);
    }

    [Fact]
    public void What_PostgreSQL_cannot_hold_is_replaced_on_the_way() =>
        Assert.Equal("a\uFFFDb\uFFFDc😀", RowJson.ReadTurn(Element(RowJson.Write(Turn with { Content = "a\0b\uD800c😀" }))).Content);

    [Theory]
    [InlineData("id", null, "'id' is missing")]
    [InlineData("id", "\"no-uuid\"", "'id' is no UUID")]
    [InlineData("session_id", "17", "'session_id' should be a text")]
    [InlineData("ordinal", "\"1\"", "'ordinal' should be a whole number")]
    [InlineData("ordinal", "1.5", "'ordinal' should be a whole number")]
    [InlineData("ordinal", "99999999999", "'ordinal' is out of range")]
    [InlineData("role", null, "'role' is missing")]
    [InlineData("role", "\"wizard\"", "'role' is 'wizard', which is none of user, assistant")]
    [InlineData("content", "{}", "'content' should be a text")]
    [InlineData("content", "\"\\ud800\"", "'content' is no Unicode text")]
    [InlineData("timestamp", "\"yesterday\"", "'timestamp' is no time")]
    [InlineData("tool_calls", "{}", "'tool_calls' should be a list")]
    [InlineData("usage", "[]", "'usage' should be an object")]
    [InlineData("interrupted", "1", "'interrupted' should be true or false")]
    [InlineData("surprise", "1", "'surprise' is unknown")]
    public void An_odd_row_is_an_error_that_names_the_row_and_the_field(string field, string? json, string words)
    {
        var row = JsonNode.Parse(RowJson.Write(Turn))!.AsObject();
        row.Remove(field);
        var text = json is null ? row.ToJsonString() : row.ToJsonString()[..^1] + $",\"{field}\":{json}}}";
        var error = Assert.Throws<FormatException>(() => RowJson.ReadTurn(Element(text)));
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.Contains(field == "id" ? "turn" : Id, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"turn\"")]
    public void A_row_that_is_no_object_is_an_error(string json) => Assert.Throws<FormatException>(() => RowJson.ReadTurn(Element(json)));

    [Fact]
    public void Tool_calls_as_deep_as_capture_allows_travel()
    {
        var deep = string.Concat(Enumerable.Repeat("[", 250)) + string.Concat(Enumerable.Repeat("]", 250));
        var turn = Turn with { ToolCalls = $$"""[{"id":"t","name":"x","input":{{deep}},"result":null,"isError":false}]""" };
        Assert.Equal(turn, RowJson.ReadTurn(Element(RowJson.Write(turn))));
    }

    private static JsonElement Element(byte[] json) => Element(System.Text.Encoding.UTF8.GetString(json));

    private static JsonElement Element(JsonNode json) => Element(json.ToJsonString());

    private static JsonElement Element(string json)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 512 });
        return document.RootElement.Clone();
    }
}
