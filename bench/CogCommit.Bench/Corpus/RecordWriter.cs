using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CogCommit.Bench.Corpus;

/// <summary>Records of one transcript, with the fields that all of them have.</summary>
internal sealed class RecordWriter(Stream file, string cwd, string session, string? agent) : IDisposable
{
    // The agent escapes no more than JSON asks for.
    public static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
    private readonly Utf8JsonWriter _json = new(file, new JsonWriterOptions { Encoder = Encoder, SkipValidation = true });
    private string? _parent;

    public void Prompt(string uuid, DateTimeOffset time, string text) => Record("user", uuid, time, () =>
    {
        _json.WriteStartObject("message");
        _json.WriteString("role", "user");
        _json.WriteString("content", text);
        _json.WriteEndObject();
    });

    public void Assistant(string uuid, DateTimeOffset time, string message, int outputTokens, Action<Utf8JsonWriter> part) => Record("assistant", uuid, time, () =>
    {
        _json.WriteStartObject("message");
        _json.WriteString("model", "claude-opus-4-6");
        _json.WriteString("id", message);
        _json.WriteString("type", "message");
        _json.WriteString("role", "assistant");
        _json.WriteStartArray("content");
        _json.WriteStartObject();
        part(_json);
        _json.WriteEndObject();
        _json.WriteEndArray();
        _json.WriteNull("stop_reason");
        _json.WriteNull("stop_sequence");
        _json.WriteStartObject("usage");
        _json.WriteNumber("input_tokens", 3);
        _json.WriteNumber("cache_creation_input_tokens", 3_843);
        _json.WriteNumber("cache_read_input_tokens", 27_336);
        _json.WriteStartObject("cache_creation");
        _json.WriteNumber("ephemeral_5m_input_tokens", 0);
        _json.WriteNumber("ephemeral_1h_input_tokens", 3_843);
        _json.WriteEndObject();
        _json.WriteNumber("output_tokens", outputTokens);
        _json.WriteString("service_tier", "standard");
        _json.WriteString("inference_geo", "not_available");
        _json.WriteEndObject();
        _json.WriteEndObject();
        _json.WriteString("requestId", message.Replace("msg_", "req_", StringComparison.Ordinal));
    });

    public void ToolResult(string uuid, DateTimeOffset time, string call, string result, string source, Action<Utf8JsonWriter> beside) => Record("user", uuid, time, () =>
    {
        _json.WriteStartObject("message");
        _json.WriteString("role", "user");
        _json.WriteStartArray("content");
        _json.WriteStartObject();
        _json.WriteString("tool_use_id", call);
        _json.WriteString("type", "tool_result");
        _json.WriteString("content", result);
        _json.WriteBoolean("is_error", false);
        _json.WriteEndObject();
        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.WriteStartObject("toolUseResult");
        beside(_json);
        _json.WriteEndObject();
        _json.WriteString("sourceToolAssistantUUID", source);
    });

    /// <param name="data">A JSON object.</param>
    public void Progress(string uuid, DateTimeOffset time, string call, string data) => Record("progress", uuid, time, () =>
    {
        _json.WritePropertyName("data");
        _json.WriteRawValue(data, skipInputValidation: true);
        _json.WriteString("toolUseID", call);
        _json.WriteString("parentToolUseID", call);
    });

    public void System(string uuid, DateTimeOffset time, string subtype) => Record("system", uuid, time, () =>
    {
        _json.WriteString("subtype", subtype);
        _json.WriteNumber("hookCount", 3);
        _json.WriteStartArray("hookErrors");
        _json.WriteEndArray();
        _json.WriteBoolean("preventedContinuation", false);
        _json.WriteString("level", "suggestion");
    });

    public void Queue(string operation, DateTimeOffset time, string? content) => Line(() =>
    {
        _json.WriteString("type", "queue-operation");
        _json.WriteString("operation", operation);
        Time(time);
        _json.WriteString("sessionId", session);
        if (content is not null)
        {
            _json.WriteString("content", content);
        }
    });

    public void Snapshot(string message, DateTimeOffset time, IReadOnlyList<string> files, string backup) => Line(() =>
    {
        _json.WriteString("type", "file-history-snapshot");
        _json.WriteString("messageId", message);
        _json.WriteStartObject("snapshot");
        _json.WriteString("messageId", message);
        _json.WriteStartObject("trackedFileBackups");
        foreach (var path in files.Distinct())
        {
            _json.WriteStartObject(path);
            _json.WriteString("backupFileName", backup);
            _json.WriteNumber("version", 1);
            _json.WriteString("backupTime", Text(time));
            _json.WriteEndObject();
        }

        _json.WriteEndObject();
        Time(time);
        _json.WriteEndObject();
        _json.WriteBoolean("isSnapshotUpdate", false);
    });

    public void Dispose() => _json.Dispose();

    private void Record(string type, string uuid, DateTimeOffset time, Action rest) => Line(() =>
    {
        _json.WriteString("parentUuid", _parent);
        _json.WriteBoolean("isSidechain", agent is not null);
        _json.WriteString("userType", "external");
        _json.WriteString("cwd", cwd);
        _json.WriteString("sessionId", session);
        _json.WriteString("version", "2.1.39");
        _json.WriteString("gitBranch", "main");
        if (agent is not null)
        {
            _json.WriteString("agentId", agent);
        }

        _json.WriteString("type", type);
        rest();
        _json.WriteString("uuid", uuid);
        Time(time);
        _parent = uuid;
    });

    private void Line(Action members)
    {
        _json.WriteStartObject();
        members();
        _json.WriteEndObject();
        _json.Flush();
        _json.Reset();
        file.WriteByte((byte)'\n');
    }

    private void Time(DateTimeOffset time) => _json.WriteString("timestamp", Text(time));

    private static string Text(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
