using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CogCommit.Core.Rows;

/// <summary>Rows as the wire has them (docs/sync-protocol.md, "Rows"): the one place that knows the names of the fields.</summary>
internal static partial class RowJson
{
    // Text beyond ASCII travels as it is: escaped it would be up to six times as long.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 512 };

    public static byte[] Write(CommitRow row) => Write(writer =>
    {
        writer.WriteString("id", row.Id);
        if (row.Captured is { } captured)
        {
            writer.WriteStartObject("captured");
            WriteCaptured(writer, captured);
            writer.WriteEndObject();
        }

        if (row.Curated is { } curated)
        {
            writer.WriteStartObject("curated");
            WriteCurated(writer, curated);
            writer.WriteEndObject();
        }
    });

    public static byte[] Write(CuratedFields curated) => Write(writer => WriteCurated(writer, curated));

    public static byte[] Write(SessionRow row) => Write(writer =>
    {
        writer.WriteString("id", row.Id);
        writer.WriteString("commit_id", row.CommitId);
        Text(writer, "agent_session_id", row.AgentSessionId);
        writer.WriteBoolean("is_subagent", row.IsSubagent);
        writer.WriteString("started_at", row.StartedAt);
        writer.WriteString("ended_at", row.EndedAt);
        WriteRevision(writer, row.Rev, row.Hash);
    });

    public static byte[] Write(TurnRow row) => Write(writer =>
    {
        writer.WriteString("id", row.Id);
        writer.WriteString("session_id", row.SessionId);
        writer.WriteNumber("ordinal", row.Ordinal);
        writer.WriteString("role", row.Role);
        Text(writer, "content", row.Content);
        writer.WriteString("timestamp", row.Timestamp);
        Text(writer, "model", row.Model);
        Raw(writer, "tool_calls", row.ToolCalls);
        writer.WriteBoolean("interrupted", row.Interrupted);
        Raw(writer, "usage", row.Usage);
        writer.WriteBoolean("triggers_visual", row.TriggersVisual);
        WriteRevision(writer, row.Rev, row.Hash);
    });

    public static byte[] Write(VisualRow row) => Write(writer =>
    {
        writer.WriteString("id", row.Id);
        writer.WriteString("commit_id", row.CommitId);
        Text(writer, "turn_id", row.TurnId);
        writer.WriteString("type", row.Type);
        writer.WriteString("captured_at", row.CapturedAt);
        Text(writer, "caption", row.Caption);
        Text(writer, "content_hash", row.ContentHash);
        writer.WriteNumber("byte_size", row.ByteSize);
        Text(writer, "mime", row.Mime);
        writer.WriteNumber("version", row.Version);
        writer.WriteString("updated_at", row.UpdatedAt);
        Text(writer, "deleted_at", row.DeletedAt);
        WriteRevision(writer, row.Rev, row.Hash);
    });

    public static byte[] Write(ProjectRow row) => Write(writer =>
    {
        Text(writer, "name", row.Name);
        Text(writer, "remote_url", row.RemoteUrl);
    });

    public static byte[] Write(MachineRow row) => Write(writer =>
    {
        writer.WriteString("machine_id", row.MachineId);
        Text(writer, "name", row.Name);
    });

    private static void WriteCaptured(Utf8JsonWriter writer, CapturedFields fields)
    {
        Text(writer, "source", fields.Source);
        Text(writer, "agent_session_id", fields.AgentSessionId);
        Text(writer, "project", fields.Project);
        Text(writer, "branch", fields.Branch);
        Text(writer, "git_hash", fields.GitHash);
        Raw(writer, "git_hashes", fields.GitHashes);
        Text(writer, "git_subject", fields.GitSubject);
        writer.WriteString("started_at", fields.StartedAt);
        writer.WriteString("closed_at", fields.ClosedAt);
        writer.WriteString("closed_by", fields.ClosedBy);
        Text(writer, "closed_after", fields.ClosedAfter);
        writer.WriteBoolean("parallel", fields.Parallel);
        Raw(writer, "files_read", fields.FilesRead);
        Raw(writer, "files_changed", fields.FilesChanged);
        Text(writer, "derived_title", fields.DerivedTitle);
        writer.WriteNumber("turn_count", fields.TurnCount);
        writer.WriteNumber("prompt_count", fields.PromptCount);
        writer.WriteNumber("bytes", fields.Bytes);
        Text(writer, "machine_id", fields.MachineId);
        WriteRevision(writer, fields.Rev, fields.Hash);
    }

    private static void WriteCurated(Utf8JsonWriter writer, CuratedFields fields)
    {
        Text(writer, "title", fields.TitleSet ? fields.Title : null);
        writer.WriteBoolean("title_set", fields.TitleSet);
        Text(writer, "project", fields.Project);
        writer.WriteBoolean("published", fields.Published);
        writer.WriteBoolean("hidden", fields.Hidden);
        writer.WriteNumber("display_order", fields.DisplayOrder);
        Text(writer, "deleted_at", fields.DeletedAt);
        writer.WriteNumber("version", fields.Version);
        writer.WriteString("updated_at", fields.UpdatedAt);
        writer.WriteString("hash", fields.Hash);
    }

    private static void WriteRevision(Utf8JsonWriter writer, string rev, string hash)
    {
        writer.WriteString("rev", rev);
        writer.WriteString("hash", hash);
    }

    private static byte[] Write(Action<Utf8JsonWriter> fields)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var writer = new Utf8JsonWriter(buffer, Options);
        writer.WriteStartObject();
        fields(writer);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void Text(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is null)
        {
            writer.WriteNull(name);
        }
        else
        {
            writer.WriteString(name, Storable(value));
        }
    }

    private static void Raw(Utf8JsonWriter writer, string name, string? json)
    {
        if (json is null)
        {
            writer.WriteNull(name);
            return;
        }

        writer.WritePropertyName(name);
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 512 });
        document.RootElement.WriteTo(writer);
    }

    /// <summary>Rows that came from elsewhere than capture may hold what PostgreSQL cannot (design 3, rule 13).</summary>
    private static string Storable(string value)
    {
        if (!value.Contains('\0', StringComparison.Ordinal) && !value.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
        {
            return value;
        }

        var text = new StringBuilder(value.Length);
        foreach (var rune in value.EnumerateRunes())   // a lone surrogate comes out as U+FFFD
        {
            text.Append(rune.Value == 0 ? Rune.ReplacementChar : rune);
        }

        return text.ToString();
    }
}
