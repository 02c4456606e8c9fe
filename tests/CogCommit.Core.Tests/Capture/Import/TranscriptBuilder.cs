using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CogCommit.Core.Tests.Capture.Import;

/// <summary>Writes a transcript in the shape that Claude Code writes, a record per call, ten seconds apart.</summary>
internal sealed class TranscriptBuilder(string sessionId, string cwd = "/home/ann/projects/loom", string start = "2026-03-01T10:00:00Z", string? agentId = null)
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly List<string> _lines = [];
    private DateTimeOffset _time = DateTimeOffset.Parse(start, CultureInfo.InvariantCulture);
    private int _made;
    private int _written;

    public string SessionId => sessionId;

    public IReadOnlyList<string> Lines => _lines;

    /// <summary>The branch of the records that follow.</summary>
    public string Branch { get; set; } = "main";

    public TranscriptBuilder At(string time)
    {
        _time = DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);
        return this;
    }

    public TranscriptBuilder Prompt(string text, string? uuid = null, bool isMeta = false)
    {
        var record = Record("user", uuid);
        record["message"] = new JsonObject { ["role"] = "user", ["content"] = text };
        if (isMeta)
        {
            record["isMeta"] = true;
        }

        return Add(record);
    }

    public TranscriptBuilder PromptWithImage(string text, byte[] image)
    {
        var record = Record("user", null);
        record["message"] = new JsonObject
        {
            ["role"] = "user",
            ["content"] = new JsonArray(
                new JsonObject { ["type"] = "text", ["text"] = text },
                new JsonObject
                {
                    ["type"] = "image",
                    ["source"] = new JsonObject { ["type"] = "base64", ["media_type"] = "image/png", ["data"] = Convert.ToBase64String(image) },
                }),
        };
        return Add(record);
    }

    public TranscriptBuilder Answer(string text, string? message = null, string? uuid = null, long output = 10) =>
        Assistant(new JsonObject { ["type"] = "text", ["text"] = text }, message, uuid, output);

    public TranscriptBuilder Thinking(string message) =>
        Assistant(new JsonObject { ["type"] = "thinking", ["thinking"] = "hm", ["signature"] = "" }, message, null, 1);

    public TranscriptBuilder Call(string id, string tool, JsonObject input, string? message = null) =>
        Assistant(new JsonObject { ["type"] = "tool_use", ["id"] = id, ["name"] = tool, ["input"] = input }, message, null, 20);

    public TranscriptBuilder Bash(string id, string command, string? message = null) =>
        Call(id, "Bash", new JsonObject { ["command"] = command }, message);

    public TranscriptBuilder Result(string callId, string text, bool isError = false, JsonObject? toolUseResult = null)
    {
        var record = Record("user", null);
        record["message"] = new JsonObject
        {
            ["role"] = "user",
            ["content"] = new JsonArray(new JsonObject { ["type"] = "tool_result", ["tool_use_id"] = callId, ["content"] = text, ["is_error"] = isError }),
        };
        if (toolUseResult is not null)
        {
            record["toolUseResult"] = toolUseResult;
        }

        return Add(record);
    }

    /// <summary>A call that commits, and git's line about it.</summary>
    public TranscriptBuilder Commit(string hash, string subject) =>
        Bash($"toolu_{hash}", $"git commit -m '{subject}'").Result($"toolu_{hash}", $"[{Branch} {hash}] {subject}\n 1 file changed");

    public TranscriptBuilder Touch(string tool, string path, bool isError = false)
    {
        var id = $"toolu_{tool}{_made}";
        return Call(id, tool, new JsonObject { ["file_path"] = path }).Result(id, isError ? "no" : "done", isError);
    }

    public TranscriptBuilder Queue(string operation, string? content = null)
    {
        var record = new JsonObject { ["type"] = "queue-operation", ["operation"] = operation, ["timestamp"] = Now(), ["sessionId"] = sessionId };
        if (content is not null)
        {
            record["content"] = content;
        }

        return Add(record);
    }

    public TranscriptBuilder Attachment(string prompt, string uuid)
    {
        var record = Record("attachment", uuid);
        record["attachment"] = new JsonObject { ["type"] = "queued_command", ["prompt"] = prompt };
        return Add(record);
    }

    public TranscriptBuilder Progress(string callId, string agent)
    {
        var record = Record("progress", null);
        record["data"] = new JsonObject { ["type"] = "agent_progress", ["agentId"] = agent };
        record["parentToolUseID"] = callId;
        return Add(record);
    }

    /// <summary>The records of another session, replayed under this one's id.</summary>
    public TranscriptBuilder Replay(TranscriptBuilder other, int lines)
    {
        foreach (var line in other.Lines.Take(lines))
        {
            // A broken line stays what it is.
            var old = $"\"sessionId\":\"{other.SessionId}\"";
            Raw(line.Replace(old, $"\"sessionId\":\"{sessionId}\"", StringComparison.Ordinal));
        }

        return this;
    }

    public TranscriptBuilder Raw(string line)
    {
        _lines.Add(line);
        return this;
    }

    public byte[] Bytes() => Encoding.UTF8.GetBytes(string.Concat(_lines.Select(line => line + "\n")));

    public string Write(string folder)
    {
        var path = agentId is null
            ? Path.Combine(folder, $"{sessionId}.jsonl")
            : Path.Combine(folder, sessionId, "subagents", $"agent-{agentId}.jsonl");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, Bytes());
        _written = _lines.Count;
        return path;
    }

    /// <summary>What was made since the last time is written behind what stands there.</summary>
    public void AppendTo(string path)
    {
        File.AppendAllText(path, string.Concat(_lines.Skip(_written).Select(line => line + "\n")));
        _written = _lines.Count;
    }

    private TranscriptBuilder Assistant(JsonObject block, string? message, string? uuid, long output)
    {
        var record = Record("assistant", uuid);
        record["message"] = new JsonObject
        {
            ["id"] = message ?? $"msg_{sessionId}_{agentId}_{_made}",
            ["model"] = "claude-opus-4-6",
            ["role"] = "assistant",
            ["content"] = new JsonArray(block),
            ["usage"] = new JsonObject { ["input_tokens"] = 3, ["output_tokens"] = output },
        };
        return Add(record);
    }

    private JsonObject Record(string type, string? uuid) => new()
    {
        ["type"] = type,
        ["uuid"] = uuid ?? Ids.V5(Ids.Namespace, $"{sessionId} {agentId} {_made}"),
        ["timestamp"] = Now(),
        ["sessionId"] = sessionId,
        ["agentId"] = agentId,
        ["isSidechain"] = agentId is not null,
        ["cwd"] = cwd,
        ["gitBranch"] = Branch,
    };

    private string Now()
    {
        _made++;
        _time = _time.AddSeconds(10);
        return _time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
    }

    private TranscriptBuilder Add(JsonObject record) => Raw(record.ToJsonString(Plain));
}
