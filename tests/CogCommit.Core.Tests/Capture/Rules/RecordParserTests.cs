using System.Text;
using CogCommit.Core.Capture;
using CogCommit.Core.Capture.ClaudeCode;
using CogCommit.Core.Rows;

namespace CogCommit.Core.Tests.Capture.Rules;

public class RecordParserTests
{
    private static TranscriptRecord Record(string line)
    {
        var result = RecordParser.Parse(Encoding.UTF8.GetBytes(line));
        Assert.Null(result.Reason);
        return Assert.IsType<TranscriptRecord>(result.Record);
    }

    private static string? Reason(string line) => RecordParser.Parse(Encoding.UTF8.GetBytes(line)).Reason;

    [Fact]
    public void A_user_record_with_a_string_is_its_text()
    {
        var record = Record("""
            {"type":"user","uuid":"u1","sessionId":"s1","timestamp":"2026-02-11T20:36:45.618Z","cwd":"/w","gitBranch":"main","isSidechain":true,"agentId":"a1","isMeta":true,"isCompactSummary":true,"message":{"role":"user","content":"hello\nworld"}}
            """);

        Assert.Equal(RecordKind.User, record.Kind);
        Assert.Equal("hello\nworld", record.Text);
        Assert.Equal(("u1", "s1", "a1", "/w", "main"), (record.Uuid, record.SessionId, record.AgentId, record.Cwd, record.GitBranch));
        Assert.Equal(new DateTimeOffset(2026, 2, 11, 20, 36, 45, 618, TimeSpan.Zero), record.Timestamp);
        Assert.True(record is { IsSidechain: true, IsMeta: true, IsCompactSummary: true, Replaced: 0 });
    }

    [Fact]
    public void Text_blocks_are_joined_by_a_newline_and_images_are_kept_apart()
    {
        var record = Record("""
            {"type":"user","message":{"content":[{"type":"text","text":"a"},{"type":"image","source":{"type":"base64","media_type":"image/png","data":"aGk="}},{"type":"text","text":""},{"type":"text","text":"b"},{"type":"image","source":{"type":"url","url":"https://x"}},{"type":"hologram"}]}}
            """);

        Assert.Equal("a\n\nb", record.Text);
        Assert.Equal([new CapturedImage("image/png", "aGk=")], record.Images);
    }

    [Fact]
    public void A_tool_result_is_a_string_or_blocks()
    {
        var record = Record("""
            {"type":"user","message":{"content":[{"type":"tool_result","tool_use_id":"t1","content":"out","is_error":true},
            {"type":"tool_result","tool_use_id":"t2","content":[{"type":"text","text":"x"},{"type":"text","text":"y"},{"type":"image","source":{"media_type":"image/jpeg","data":"AA=="}}]},
            {"type":"tool_result","tool_use_id":"t3"}]}}
            """.ReplaceLineEndings(""));

        Assert.Null(record.Text);
        Assert.Equal([("t1", "out", true), ("t2", "x\ny", false), ("t3", "", false)], record.ToolResults.Select(r => (r.ToolUseId, r.Text, r.IsError)));
        Assert.Equal("image/jpeg", Assert.Single(record.ToolResults[1].Images).MediaType);
        Assert.Empty(record.Images);
    }

    [Theory]
    [InlineData("""{"stdout":"[main 1234567] x","stderr":"","interrupted":false}""", "[main 1234567] x", null, null, null, null)]
    [InlineData("""{"status":"completed","agentId":"afb92ff","content":[{"type":"text"}]}""", null, "afb92ff", null, null, null)]
    [InlineData("""{"stdout":"","backgroundTaskId":"b0be39e"}""", "", null, "b0be39e", null, null)]
    [InlineData("""{"stdout":"cut","persistedOutputPath":"/p/s/tool-results/b5.txt","persistedOutputSize":9}""", "cut", null, null, "/p/s/tool-results/b5.txt", null)]
    [InlineData("""{"retrieval_status":"success","task":{"task_id":"bd0afab","task_type":"local_bash","output":"done","exitCode":0}}""", "done", null, null, null, "bd0afab")]
    [InlineData("""{"shellId":"bash_5","stdout":"more"}""", "more", null, null, null, "bash_5")]
    [InlineData("""{"type":"text","file":{"filePath":"/tmp/c/tasks/b1.output","content":"[main 1234567] x","numLines":1}}""", "[main 1234567] x", null, null, null, "b1")]
    [InlineData("""{"type":"text","file":{"filePath":"/src/a.cs","content":"x","numLines":1}}""", null, null, null, null, null)]
    [InlineData("\"Error: Exit code 2\"", null, null, null, null, null)]
    [InlineData("""[{"type":"text","text":"x"}]""", null, null, null, null, null)]
    [InlineData("null", null, null, null, null, null)]
    [InlineData("""{"stdout":5,"task":7}""", null, null, null, null, null)]
    public void The_tool_use_result_adds_what_the_rules_need(string toolUseResult, string? stdout, string? agent, string? background, string? spilled, string? fetched)
    {
        var result = Assert.Single(Record($$$"""
            {"type":"user","message":{"content":[{"type":"tool_result","tool_use_id":"t","content":"x"}]},"toolUseResult":{{{toolUseResult}}}}
            """).ToolResults);

        Assert.Equal((stdout, agent, background, spilled, fetched), (result.Stdout, result.AgentId, result.BackgroundId, result.SpilledPath, result.FetchedId));
    }

    [Theory]
    [InlineData("Command running in background with ID: b0be39e. Output is being written to: /tmp/tasks/b0be39e.output", "b0be39e")]
    [InlineData("Command running in background with ID: bash_5", "bash_5")]
    [InlineData("Command did not complete within its 120s timeout and was moved to the background (ID: bx1). Output", "bx1")]
    [InlineData("log: Command running in background with ID: no", null)]
    public void A_background_call_is_known_by_its_text_too(string text, string? id) =>
        Assert.Equal(id, Assert.Single(ResultOf(text).ToolResults).BackgroundId);

    [Theory]
    [InlineData("<persisted-output>\nOutput too large (36.8KB). Full output saved to: /h/p/s/tool-results/b1.txt\n\nPreview (first 2KB):\nx", "/h/p/s/tool-results/b1.txt")]
    [InlineData("<persisted-output>\nOutput too large (6.6MB). Full output saved to: C:\\Users\\A B\\s\\tool-results\\b.txt\r\n", @"C:\Users\A B\s\tool-results\b.txt")]
    [InlineData("<persisted-output>\nOutput has been saved to /p/s/tool-results/x.json\n", "/p/s/tool-results/x.json")]
    [InlineData("cat: <persisted-output>\nFull output saved to: /etc/passwd\n", null)]
    public void A_spilled_output_is_known_by_its_text_too(string text, string? path) =>
        Assert.Equal(path, Assert.Single(ResultOf(text).ToolResults).SpilledPath);

    [Fact]
    public void Of_several_results_in_one_record_none_gets_the_tool_use_result()
    {
        var record = Record("""
            {"type":"user","message":{"content":[{"type":"tool_result","tool_use_id":"a","content":""},{"type":"tool_result","tool_use_id":"b","content":""}]},"toolUseResult":{"stdout":"x"}}
            """);

        Assert.All(record.ToolResults, result => Assert.Null(result.Stdout));
    }

    [Fact]
    public void An_assistant_record_has_message_model_text_calls_and_usage()
    {
        var record = Record("""
            {"type":"assistant","uuid":"u","message":{"id":"msg_1","model":"claude-opus-4-6","content":[{"type":"thinking","thinking":"hm"},{"type":"text","text":"a"},{"type":"tool_use","id":"t1","name":"Bash","input":{ "command" : "git status" , "n": 1.50 }},{"type":"text","text":"b"},{"type":"tool_use","id":"t2","name":"Stop"}],"usage":{"input_tokens":3,"output_tokens":9,"cache_creation_input_tokens":null,"cache_read_input_tokens":7}}}
            """);

        Assert.Equal((RecordKind.Assistant, "msg_1", "claude-opus-4-6", "a\nb"), (record.Kind, record.MessageId, record.Model, record.Text));
        Assert.Equal([new ToolUse("t1", "Bash", """{"command":"git status","n":1.50}"""), new ToolUse("t2", "Stop", "{}")], record.ToolUses);
        Assert.Equal(new TokenUsage(3, 9, 0, 7), record.Usage);
    }

    [Fact]
    public void A_queue_operation_has_its_operation_reason_and_content()
    {
        var enqueue = Record("""{"type":"queue-operation","operation":"enqueue","timestamp":"2026-02-11T20:51:12.726Z","sessionId":"s","content":"check again"}""");
        var remove = Record("""{"type":"queue-operation","operation":"remove","reason":"absorbed_mid_turn","sessionId":"s"}""");

        Assert.Equal((RecordKind.QueueOperation, "enqueue", "check again", null), (enqueue.Kind, enqueue.Operation, enqueue.Text, enqueue.Reason));
        Assert.Equal(("remove", null, "absorbed_mid_turn"), (remove.Operation, remove.Text, remove.Reason));
    }

    [Theory]
    [InlineData("\"go on\"", "go on")]
    [InlineData("""[{"type":"text","text":"go"},{"type":"image","source":{"media_type":"image/png","data":"AA=="}},{"type":"text","text":"on"}]""", "go\non")]
    public void A_queued_command_is_an_attachment_with_a_prompt(string prompt, string text)
    {
        var record = Record($$$"""{"type":"attachment","uuid":"u","attachment":{"type":"queued_command","prompt":{{{prompt}}},"commandMode":"prompt"}}""");

        Assert.Equal((RecordKind.QueuedCommand, text, "u"), (record.Kind, record.Text, record.Uuid));
        Assert.Equal(prompt.Contains("image", StringComparison.Ordinal) ? 1 : 0, record.Images.Count);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData(""","origin":{"kind":"human"}""", false)]
    [InlineData(""","origin":{"kind":"hook"}""", true)]
    [InlineData(""","isMeta":true""", true)]
    public void What_a_program_queued_is_meta(string more, bool isMeta) => Assert.Equal(
        isMeta,
        Record("{\"type\":\"attachment\",\"attachment\":{\"type\":\"queued_command\",\"prompt\":\"run it\"" + more + "}}").IsMeta);

    [Fact]
    public void Agent_progress_ties_a_call_to_a_subagent()
    {
        var record = Record("""
            {"type":"progress","data":{"message":{"type":"assistant"},"type":"agent_progress","agentId":"a881341","prompt":"x"},"toolUseID":"agent_msg_1","parentToolUseID":"toolu_1"}
            """);

        Assert.Equal((RecordKind.AgentProgress, "a881341", "toolu_1"), (record.Kind, record.AgentId, record.ParentToolUseId));
    }

    [Theory]
    [InlineData("""{"type":"progress","timestamp":"2026-02-11T20:51:12Z","uuid":"u","cwd":"/w","data":{"type":"hook_progress","agentId":"x"}}""")]
    [InlineData("""{"type":"file-history-snapshot","timestamp":"2026-02-11T20:51:12Z","uuid":"u","cwd":"/w"}""")]
    [InlineData("""{"type":"attachment","timestamp":"2026-02-11T20:51:12Z","uuid":"u","cwd":"/w","attachment":{"type":"todo"}}""")]
    [InlineData("""{"type":"tomorrow","timestamp":"2026-02-11T20:51:12Z","uuid":"u","cwd":"/w"}""")]
    [InlineData("""{"type":{"a":1},"timestamp":"2026-02-11T20:51:12Z","uuid":"u","cwd":"/w"}""")]
    [InlineData("""{"timestamp":"2026-02-11T20:51:12Z","uuid":"u","cwd":"/w"}""")]
    public void What_is_unknown_or_of_no_interest_keeps_its_time_and_place(string line)
    {
        var record = Record(line);

        Assert.Equal((RecordKind.Other, "u", "/w"), (record.Kind, record.Uuid, record.Cwd));
        Assert.Equal(12, record.Timestamp?.Second);
    }

    [Theory]
    [InlineData("2026-02-11T20:36:45.6181239Z", 618_123)]
    [InlineData("2026-02-11T22:36:45.618123+02:00", 618_123)]
    [InlineData("2026-02-11T20:36:45", 0)]
    public void Times_are_utc_in_whole_microseconds(string text, int microseconds)
    {
        var expected = new DateTimeOffset(2026, 2, 11, 20, 36, 45, TimeSpan.Zero).AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);

        Assert.Equal(expected, Record($$$"""{"timestamp":"{{{text}}}"}""").Timestamp);
    }

    [Theory]
    [InlineData("\"10:00\"")]
    [InlineData("\"Feb 11\"")]
    [InlineData("\"2026-02-30T00:00:00Z\"")]
    [InlineData("1770842205618")]
    [InlineData("null")]
    public void A_time_that_is_none_is_missing_and_never_the_clock(string value) =>
        Assert.Null(Record($$$"""{"timestamp":{{{value}}}}""").Timestamp);

    [Theory]
    [InlineData("""{"type":"user","message":{"content":"torn""")]
    [InlineData("""{"type":"user"}{"type":"user"}""")]
    [InlineData("\0\0\0\0")]
    [InlineData("[1]")]
    [InlineData("\"text\"")]
    [InlineData("{\"a\":\"raw\u0001control\"}")]
    public void A_line_that_is_no_record_has_a_reason(string line) => Assert.NotNull(Reason(line));

    [Theory]
    [InlineData("")]
    [InlineData("  \r")]
    public void An_empty_line_is_neither_good_nor_bad(string line) =>
        Assert.Equal(default, RecordParser.Parse(Encoding.UTF8.GetBytes(line)));

    private static TranscriptRecord ResultOf(string text) => Record(
        $$$"""{"type":"user","message":{"content":[{"type":"tool_result","tool_use_id":"t","content":{{{System.Text.Json.JsonSerializer.Serialize(text)}}}}]}}""");
}
