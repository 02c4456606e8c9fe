using System.Text.Encodings.Web;
using System.Text.Json;

namespace CogCommit.Core.Export.Rows;

/// <summary>Rows as JSON on one line, in the words of the sync protocol. <see cref="RowParser"/> is the way back.</summary>
internal static class RowJson
{
    /// <summary>Deeper JSON than this is not read; capture keeps to 256.</summary>
    public const int MaxDepth = 1000;

    // Text stays readable: what this leaves unescaped is dangerous only inside of HTML.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Captured(Utf8JsonWriter json, CapturedRow row)
    {
        json.WriteString("source", row.Source);
        json.WriteString("agent_session_id", row.AgentSessionId);
        json.WriteString("project", row.Project);
        json.WriteString("branch", row.Branch);
        json.WriteString("git_hash", row.GitHash);
        Raw(json, "git_hashes", row.GitHashes);
        json.WriteString("git_subject", row.GitSubject);
        json.WriteString("started_at", row.StartedAt);
        json.WriteString("closed_at", row.ClosedAt);
        json.WriteString("closed_by", row.ClosedBy);
        json.WriteString("closed_after", row.ClosedAfter);
        json.WriteBoolean("parallel", row.Parallel);
        Raw(json, "files_read", row.FilesRead);
        Raw(json, "files_changed", row.FilesChanged);
        json.WriteString("derived_title", row.DerivedTitle);
        json.WriteString("machine_id", row.MachineId);
        json.WriteString("rev", row.Rev);
        json.WriteString("hash", row.Hash);
    }

    public static void Curated(Utf8JsonWriter json, CuratedRow row)
    {
        json.WriteString("title", row.Title);
        json.WriteBoolean("title_set", row.TitleSet);
        json.WriteString("project", row.Project);
        json.WriteBoolean("published", row.Published);
        json.WriteBoolean("hidden", row.Hidden);
        json.WriteNumber("display_order", row.DisplayOrder);
        json.WriteNumber("version", row.Version);
        json.WriteString("updated_at", row.UpdatedAt);
        json.WriteString("hash", row.Hash);
    }

    public static void Session(Utf8JsonWriter json, SessionRow row)
    {
        json.WriteString("id", row.Id);
        json.WriteString("commit_id", row.CommitId);
        json.WriteString("agent_session_id", row.AgentSessionId);
        json.WriteBoolean("is_subagent", row.IsSubagent);
        json.WriteString("started_at", row.StartedAt);
        json.WriteString("ended_at", row.EndedAt);
        json.WriteString("rev", row.Rev);
        json.WriteString("hash", row.Hash);
    }

    public static void Turn(Utf8JsonWriter json, TurnRow row)
    {
        json.WriteString("id", row.Id);
        json.WriteString("session_id", row.SessionId);
        json.WriteNumber("ordinal", row.Ordinal);
        json.WriteString("role", row.Role);
        json.WriteString("timestamp", row.Timestamp);
        json.WriteString("model", row.Model);
        json.WriteString("content", row.Content);
        Raw(json, "tool_calls", row.ToolCalls);
        json.WriteBoolean("interrupted", row.Interrupted);
        Raw(json, "usage", row.Usage);
        json.WriteBoolean("triggers_visual", row.TriggersVisual);
        json.WriteString("rev", row.Rev);
        json.WriteString("hash", row.Hash);
    }

    public static void Visual(Utf8JsonWriter json, VisualRow row)
    {
        json.WriteString("id", row.Id);
        json.WriteString("commit_id", row.CommitId);
        json.WriteString("turn_id", row.TurnId);
        json.WriteString("type", row.Type);
        json.WriteString("mime", row.Mime);
        json.WriteString("content_hash", row.ContentHash);
        json.WriteNumber("byte_size", row.ByteSize);
        json.WriteString("captured_at", row.CapturedAt);
        json.WriteString("caption", row.Caption);
        json.WriteString("rev", row.Rev);
        json.WriteString("hash", row.Hash);
        json.WriteNumber("version", row.Version);
        json.WriteString("updated_at", row.UpdatedAt);
        if (row.Data is { } data)
        {
            json.WriteBase64String("data", data);
        }
        else
        {
            json.WriteNull("data");
        }
    }

    public static void Machine(Utf8JsonWriter json, string machineId, string? name)
    {
        json.WriteString("machine_id", machineId);
        json.WriteString("name", name);
    }

    public static void Project(Utf8JsonWriter json, string name, string? remoteUrl)
    {
        json.WriteString("name", name);
        json.WriteString("remote_url", remoteUrl);
    }

    public static string Object(Action<Utf8JsonWriter> members)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    public static string Text(string text) => Object(json => json.WriteString("t", text))[5..^1];

    /// <summary>
    /// The store's own JSON text, byte for byte, so that it is the same after an import. What is no object or array goes as a string;
    /// line breaks between tokens go, since a row is a line.
    /// </summary>
    private static void Raw(Utf8JsonWriter json, string name, string? text)
    {
        json.WritePropertyName(name);
        if (text is null)
        {
            json.WriteNullValue();
            return;
        }

        if (!IsStructure(text, out var document))
        {
            json.WriteStringValue(text);
            return;
        }

        using (document)
        {
            if (text.AsSpan().IndexOfAny('\n', '\r') < 0)
            {
                json.WriteRawValue(text.Trim(), skipInputValidation: true);
            }
            else
            {
                document!.RootElement.WriteTo(json);
            }
        }
    }

    private static bool IsStructure(string text, out JsonDocument? document)
    {
        document = null;
        if (text.TrimStart() is not ['{' or '[', ..])
        {
            return false;
        }

        try
        {
            document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MaxDepth });
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
