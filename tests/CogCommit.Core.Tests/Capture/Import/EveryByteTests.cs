using System.Text;

namespace CogCommit.Core.Tests.Capture.Import;

/// <summary>A transcript can be read while any byte of it is the last one that was written.</summary>
public sealed class EveryByteTests : IDisposable
{
    private const string A = "aaaaaaaa-0000-4000-8000-000000000001";

    // As short as records can be that still are what Claude Code writes: every byte costs an import.
    private static readonly string[] Lines =
    [
        Record("user", 1, """ "cwd":"/l","message":{"content":[{"type":"text","text":"gö"},{"type":"image","source":{"type":"base64","media_type":"image/png","data":"AQID"}}]}"""),
        Record("assistant", 2, """ "message":{"id":"m","content":[{"type":"text","text":"a"}],"usage":{"output_tokens":1}}"""),
        Record("assistant", 3, """ "message":{"id":"m","content":[{"type":"tool_use","id":"t","name":"Bash","input":{"command":"git commit"}},{"type":"tool_use","id":"r","name":"Read","input":{"file_path":"/l/f"}}]}"""),
        """{"type":"queue-operation","operation":"enqueue","content":"q","timestamp":"2026-03-01T10:00:04Z"}""",
        """{"type":"queue-operation","operation":"remove","timestamp":"2026-03-01T10:00:05Z"}""",
        Record("user", 6, """ "message":{"content":[{"type":"tool_result","tool_use_id":"r","content":[{"type":"image","source":{"type":"base64","media_type":"image/png","data":"BAUG"}}]}]}"""),
        Record("progress", 7, """ "data":{"type":"agent_progress","agentId":"x1"},"parentToolUseID":"t" """),
        Record("user", 8, """ "message":{"content":[{"type":"tool_result","tool_use_id":"t","content":"[main 1234567] s"}]}"""),
        Record("assistant", 9, """ "message":{"id":"n","content":[{"type":"text","text":"b"}]}"""),
    ];

    private readonly TranscriptFolder _folder = new();

    private readonly string _path;

    public EveryByteTests()
    {
        _path = Path.Combine(_folder.Root, $"{A}.jsonl");
        new TranscriptBuilder(A, start: "2026-03-01T10:00:03Z", agentId: "x1").Prompt("p").Answer("f").Write(_folder.Root);
    }

    [Fact]
    public void Byte_by_byte_the_store_always_holds_what_a_fresh_import_would_bring()
    {
        var fresh = Enumerable.Range(0, Lines.Length + 1).Select(count => AtOnce(Bytes(count))).ToList();
        var whole = Bytes(Lines.Length);
        using var store = new CapturedStore();
        for (int length = 0, count = 0; length <= whole.Length; length++)
        {
            // A last line counts as soon as it parses, without its newline.
            count += count < Lines.Length && length == Bytes(count + 1).Length - 1 ? 1 : 0;
            Import(store, whole[..length]);
            Assert.True(fresh[count] == store.Rows(), $"After {length} bytes:\n{store.Rows()}\nAt once:\n{fresh[count]}");
        }

        Assert.Equal(["2 | 2 | 6"], store.Query("select (select count(*) from cognitive_commits), (select count(*) from visuals), count(*) from turns"));
    }

    [Fact]
    public void Whatever_was_there_at_the_first_import_the_rest_makes_it_whole()
    {
        var whole = Bytes(Lines.Length);
        var rows = AtOnce(whole);
        for (var count = 1; count <= Lines.Length; count++)
        {
            var end = Bytes(count).Length;
            foreach (var length in (int[])[end - 20, end - 1, end])
            {
                using var store = new CapturedStore();
                Import(store, whole[..length]);
                Import(store, whole);
                Assert.True(rows == store.Rows(), $"Imported after {length} bytes, then whole:\n{store.Rows()}\nAt once:\n{rows}");
            }
        }
    }

    public void Dispose() => _folder.Dispose();

    private static string Record(string type, int n, string rest) =>
        $$"""{"type":"{{type}}","uuid":"00000000-0000-4000-8000-00000000000{{n}}","timestamp":"2026-03-01T10:00:0{{n}}Z",{{rest.Trim()}}}""";

    private static byte[] Bytes(int lines) => Encoding.UTF8.GetBytes(string.Concat(Lines.Take(lines).Select(line => line + "\n")));

    private string AtOnce(byte[] bytes)
    {
        using var store = new CapturedStore();
        Import(store, bytes);
        return store.Rows();
    }

    private void Import(CapturedStore store, byte[] bytes)
    {
        File.WriteAllBytes(_path, bytes);
        store.Import(_folder.Root);
    }
}
