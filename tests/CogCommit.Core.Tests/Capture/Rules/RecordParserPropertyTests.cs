using System.Text;
using CogCommit.Core.Capture.ClaudeCode;
using CsCheck;

namespace CogCommit.Core.Tests.Capture.Rules;

public class RecordParserPropertyTests
{
    private const string Line = """
        {"type":"assistant","uuid":"ü1","timestamp":"2026-02-11T20:36:45.618Z","message":{"id":"m","model":"x","content":[{"type":"text","text":"é\ud83d\ude00\u0000"},{"type":"tool_use","id":"t","name":"Bash","input":{"command":"git commit","n":[1e999,{"a":null}]}}],"usage":{"output_tokens":1}}}
        """;

    private static readonly string[] Seeds =
    [
        Line,
        """{"type":"user","message":{"content":[{"type":"tool_result","tool_use_id":"t","content":[{"type":"text","text":"x"}]}]},"toolUseResult":{"stdout":"o","task":{"task_id":"1"}}}""",
        """{"type":"attachment","attachment":{"type":"queued_command","prompt":["a",{"type":"image","source":{"data":"AA=="}}]}}""",
        """{"type":"progress","data":{"type":"agent_progress","agentId":"a"},"parentToolUseID":"p"}""",
    ];

    [Fact]
    public void Random_bytes_never_throw() =>
        Gen.Byte.Array[0, 200].Sample(bytes => { _ = RecordParser.Parse(bytes); });

    [Fact]
    public void A_line_with_any_bytes_changed_never_throws() =>
        Gen.Select(Gen.Int[0, Seeds.Length - 1], Gen.Select(Gen.Int[0, 400], Gen.Byte).Array[1, 4]).Sample((seed, changes) =>
        {
            var line = Encoding.UTF8.GetBytes(Seeds[seed]);
            foreach (var (at, value) in changes)
            {
                line[at % line.Length] = value;
            }

            var result = RecordParser.Parse(line);
            Assert.True(result.IsBad != (result.Record is not null));
        });

    [Fact]
    public void A_prefix_of_a_line_is_bad_until_the_line_is_complete()
    {
        foreach (var seed in Seeds)
        {
            var line = Encoding.UTF8.GetBytes(seed);
            for (var length = 1; length < line.Length; length++)
            {
                Assert.NotNull(RecordParser.Parse(line.AsSpan(0, length)).Reason);
            }

            Assert.Null(RecordParser.Parse(line).Reason);
        }
    }

    [Fact]
    public void What_is_kept_can_be_encoded_as_utf8_without_nul() =>
        Gen.Select(Gen.Char[char.MinValue, char.MaxValue].Array[0, 40], Gen.Bool).Sample((chars, inInput) =>
        {
            var json = string.Concat(chars.Select(c => $"\\u{(int)c:x4}"));
            var line = inInput
                ? $$$"""{"type":"assistant","message":{"content":[{"type":"tool_use","id":"t","name":"n","input":"{{{json}}}"}]}}"""
                : $$$"""{"type":"assistant","message":{"content":"{{{json}}}"}}""";
            var record = RecordParser.Parse(Encoding.UTF8.GetBytes(line)).Record!;
            var kept = inInput ? record.ToolUses[0].Input : record.Text!;

            Assert.DoesNotContain('\0', kept);
            Assert.DoesNotContain(@"\u0000", kept, StringComparison.Ordinal);
            Assert.Equal(kept, new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(new UTF8Encoding(false, true).GetBytes(kept)));
        });
}
