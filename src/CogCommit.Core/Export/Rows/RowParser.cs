using System.Text.Json;

namespace CogCommit.Core.Export.Rows;

/// <summary>From the JSON of <see cref="RowJson"/> to rows. What is missing or of the wrong kind is a FormatException that names the field.</summary>
internal static class RowParser
{
    private const long GreatestVersion = 1L << 30;

    public static CapturedRow Captured(JsonElement json) => new()
    {
        Source = Required(json, "source"),
        AgentSessionId = Text(json, "agent_session_id"),
        Project = Text(json, "project"),
        Branch = Text(json, "branch"),
        GitHash = Text(json, "git_hash"),
        GitHashes = Raw(json, "git_hashes") ?? "[]",
        GitSubject = Text(json, "git_subject"),
        StartedAt = Time(json, "started_at"),
        ClosedAt = Time(json, "closed_at"),
        ClosedBy = OneOf(json, "closed_by", "git_commit", "session_end", "explicit"),
        ClosedAfter = Text(json, "closed_after"),
        Parallel = Flag(json, "parallel"),
        FilesRead = Raw(json, "files_read") ?? "[]",
        FilesChanged = Raw(json, "files_changed") ?? "[]",
        DerivedTitle = Text(json, "derived_title") ?? "",
        MachineId = Text(json, "machine_id"),
        Rev = Text(json, "rev") ?? "",
        Hash = Text(json, "hash"),
    };

    public static CuratedRow Curated(JsonElement json) => new()
    {
        Title = Text(json, "title"),
        TitleSet = Flag(json, "title_set"),
        Project = Text(json, "project"),
        Published = Flag(json, "published"),
        Hidden = Flag(json, "hidden"),
        DisplayOrder = Number(json, "display_order", int.MinValue, int.MaxValue, 0),
        Version = Number(json, "version", 1, GreatestVersion, 1),
        UpdatedAt = Time(json, "updated_at"),
        Hash = Text(json, "hash"),
    };

    public static SessionRow Session(JsonElement json) => new()
    {
        Id = Required(json, "id"),
        CommitId = Required(json, "commit_id"),
        AgentSessionId = Text(json, "agent_session_id"),
        IsSubagent = Flag(json, "is_subagent"),
        StartedAt = Time(json, "started_at"),
        EndedAt = Time(json, "ended_at"),
        Rev = Text(json, "rev") ?? "",
        Hash = Text(json, "hash"),
    };

    public static TurnRow Turn(JsonElement json) => new()
    {
        Id = Required(json, "id"),
        SessionId = Required(json, "session_id"),
        Ordinal = Number(json, "ordinal", 0, int.MaxValue, 0),
        Role = OneOf(json, "role", "user", "assistant"),
        Content = Text(json, "content"),
        Timestamp = Time(json, "timestamp"),
        Model = Text(json, "model"),
        ToolCalls = Raw(json, "tool_calls"),
        Interrupted = Flag(json, "interrupted"),
        Usage = Raw(json, "usage"),
        TriggersVisual = Flag(json, "triggers_visual"),
        Rev = Text(json, "rev") ?? "",
        Hash = Text(json, "hash"),
    };

    public static VisualRow Visual(JsonElement json)
    {
        var row = new VisualRow
        {
            Id = Required(json, "id"),
            CommitId = Required(json, "commit_id"),
            TurnId = Text(json, "turn_id"),
            Type = Required(json, "type"),
            Mime = Text(json, "mime"),
            ContentHash = Text(json, "content_hash"),
            ByteSize = Number(json, "byte_size", 0, long.MaxValue, 0),
            CapturedAt = Time(json, "captured_at"),
            Caption = Text(json, "caption"),
            Rev = Text(json, "rev") ?? "",
            Hash = Text(json, "hash"),
            Version = Number(json, "version", 1, GreatestVersion, 1),
            UpdatedAt = Text(json, "updated_at"),
            Data = Base64(json, "data"),
        };
        if (row.Data is { } data && VisualFiles.HashOf(data) != row.ContentHash)
        {
            throw new FormatException("the picture's \"data\" does not have the SHA-256 that \"content_hash\" names");
        }

        return row;
    }

    public static (string MachineId, string? Name) Machine(JsonElement json) => (Required(json, "machine_id"), Text(json, "name"));

    public static (string Name, string? RemoteUrl) Project(JsonElement json) => (Required(json, "name"), Text(json, "remote_url"));

    public static string Required(JsonElement json, string name) =>
        Text(json, name) is { Length: > 0 } text ? text : throw new FormatException($"\"{name}\" is missing");

    private static string? Text(JsonElement json, string name) => Member(json, name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } value => value.GetString(),
        _ => throw new FormatException($"\"{name}\" is no text"),
    };

    private static string Time(JsonElement json, string name) =>
        Timestamps.TryParse(Required(json, name), out var time)
            ? Timestamps.ToText(time)
            : throw new FormatException($"\"{name}\" is no time in RFC 3339");

    private static string OneOf(JsonElement json, string name, params string[] words)
    {
        var word = Required(json, name);
        return words.Contains(word) ? word : throw new FormatException($"\"{name}\" is '{word}', which is none of {string.Join(", ", words)}");
    }

    private static bool Flag(JsonElement json, string name) => Member(json, name) switch
    {
        null => false,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => throw new FormatException($"\"{name}\" is neither true nor false"),
    };

    private static long Number(JsonElement json, string name, long least, long greatest, long otherwise)
    {
        if (Member(json, name) is not { } value)
        {
            return otherwise;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= least && number <= greatest
            ? number
            : throw new FormatException($"\"{name}\" is no whole number from {least} to {greatest}");
    }

    private static byte[]? Base64(JsonElement json, string name) => Member(json, name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } value when value.TryGetBytesFromBase64(out var bytes) => bytes,
        _ => throw new FormatException($"\"{name}\" is no base64"),
    };

    private static string? Raw(JsonElement json, string name) => Member(json, name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } value => value.GetString(),
        { } value => value.GetRawText(),
    };

    private static JsonElement? Member(JsonElement json, string name)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("it is no JSON object");
        }

        return json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }
}
