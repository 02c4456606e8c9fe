using System.Globalization;
using System.Text.Json;

namespace CogCommit.PowerShell.Tests.Samples;

/// <summary>A session of Claude Code, written record by record as the agent would.</summary>
internal sealed class Transcript(string project = "lighthouse", string branch = "main", string start = "2026-02-11T20:00:00Z")
{
    private readonly List<string> _lines = [];
    private DateTimeOffset _now = DateTimeOffset.Parse(start, CultureInfo.InvariantCulture);
    private int _records;

    public string SessionId { get; } = Guid.NewGuid().ToString();

    public Transcript Prompt(string text) => Add("user", new { role = "user", content = text });

    public Transcript Answer(string text, string? tool = null, object? input = null, string? result = null, long outputTokens = 20)
    {
        var id = $"toolu_{SessionId[..8]}_{_records}";
        object[] content = tool is null
            ? [new { type = "text", text }]
            : [new { type = "text", text }, new { type = "tool_use", id, name = tool, input = input ?? new { } }];
        Add("assistant", new
        {
            id = $"msg_{SessionId[..8]}_{_records}",
            role = "assistant",
            model = "claude-opus-4-5",
            content,
            usage = new { input_tokens = 10, output_tokens = outputTokens },
        });
        return tool is null
            ? this
            : Add("user", new { role = "user", content = new object[] { new { type = "tool_result", tool_use_id = id, content = result ?? "ok" } } });
    }

    public Transcript Edit(string path) => Answer($"I change {path}.", "Edit", new { file_path = path, old_string = "a", new_string = "b" });

    public Transcript GitCommit(string hash, string subject) =>
        Answer("I commit.", "Bash", new { command = $"git commit -m '{subject}'" }, $"[{branch} {hash}] {subject}\n 1 file changed, 1 insertion(+)");

    /// <summary>Writes it where the agent would, under <paramref name="folder"/>, and gives the path.</summary>
    public string Write(string folder)
    {
        var path = Path.Combine(folder, "projects", "-home-ann-" + project, SessionId + ".jsonl");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllLines(path, _lines);
        return path;
    }

    private Transcript Add(string type, object message)
    {
        _now += TimeSpan.FromSeconds(10);
        _records++;
        _lines.Add(JsonSerializer.Serialize(new
        {
            type,
            uuid = Guid.NewGuid().ToString(),
            sessionId = SessionId,
            timestamp = _now.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            cwd = "/home/ann/" + project,
            gitBranch = branch,
            version = "2.1.0",
            message,
        }));
        return this;
    }
}
