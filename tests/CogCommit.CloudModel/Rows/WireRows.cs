using System.Text.Json;
using CogCommit.CloudModel.Json;

namespace CogCommit.CloudModel.Rows;

/// <summary>Rows as they travel to devices: the functions wire_* of the SQL.</summary>
internal static class WireRows
{
    public static void Write(Utf8JsonWriter to, ModelCommit row)
    {
        to.WriteStartObject();
        to.WriteString("id", row.Id);
        to.WritePropertyName("captured");
        if (row.Purged)
        {
            to.WriteNullValue();
        }
        else
        {
            Captured(to, row.Captured, row.Parallel);
        }

        to.WritePropertyName("curated");
        if (row.Curated.Hash is null)
        {
            to.WriteNullValue();
        }
        else
        {
            Curated(to, row.Curated);
        }

        if (row.Purged)
        {
            to.WriteBoolean("purged", true);
            Boundary(to, row.Captured);
        }

        to.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter to, ModelSession row)
    {
        to.WriteStartObject();
        to.WriteString("id", row.Id);
        to.WriteString("commit_id", row.CommitId);
        to.WriteString("agent_session_id", row.AgentSessionId);
        to.WriteBoolean("is_subagent", row.IsSubagent);
        Answer.Time(to, "started_at", row.StartedAt);
        Answer.Time(to, "ended_at", row.EndedAt);
        to.WriteString("rev", row.Rev);
        to.WriteString("hash", row.Hash);
        to.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter to, ModelTurn row)
    {
        to.WriteStartObject();
        to.WriteString("id", row.Id);
        to.WriteString("session_id", row.SessionId);
        to.WriteNumber("ordinal", row.Ordinal);
        to.WriteString("role", row.Role);
        to.WriteString("content", row.Content);
        Answer.Time(to, "timestamp", row.Timestamp);
        to.WriteString("model", row.Model);
        Json(to, "tool_calls", row.ToolCalls);
        to.WriteBoolean("interrupted", row.Interrupted);
        Usage(to, row.Usage);
        to.WriteBoolean("triggers_visual", row.TriggersVisual);
        to.WriteString("rev", row.Rev);
        to.WriteString("hash", row.Hash);
        to.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter to, ModelVisual row)
    {
        to.WriteStartObject();
        to.WriteString("id", row.Id);
        to.WriteString("commit_id", row.CommitId);
        to.WriteString("turn_id", row.TurnId);
        to.WriteString("type", row.Type);
        Answer.Time(to, "captured_at", row.CapturedAt);
        to.WriteString("caption", row.Caption);
        to.WriteString("content_hash", row.ContentHash);
        to.WriteNumber("byte_size", row.ByteSize);
        to.WriteString("mime", row.Mime);
        to.WriteString("path", row.Path);
        to.WriteNumber("version", row.Version);
        Answer.Time(to, "updated_at", row.UpdatedAt);
        Answer.Time(to, "deleted_at", row.DeletedAt);
        to.WriteString("rev", row.Rev);
        to.WriteString("hash", row.Hash);
        to.WriteEndObject();
    }

    private static void Captured(Utf8JsonWriter to, CapturedHalf row, bool parallel)
    {
        to.WriteStartObject();
        to.WriteString("source", row.Source);
        to.WriteString("agent_session_id", row.AgentSessionId);
        to.WriteString("project", row.Project);
        to.WriteString("branch", row.Branch);
        to.WriteString("git_hash", row.GitHash);
        List(to, "git_hashes", row.GitHashes);
        to.WriteString("git_subject", row.GitSubject);
        Answer.Time(to, "started_at", row.StartedAt);
        Answer.Time(to, "closed_at", row.ClosedAt);
        to.WriteString("closed_by", row.ClosedBy);
        to.WriteString("closed_after", row.ClosedAfter);
        to.WriteBoolean("parallel", parallel);
        List(to, "files_read", row.FilesRead);
        List(to, "files_changed", row.FilesChanged);
        to.WriteString("derived_title", row.DerivedTitle);
        to.WriteNumber("turn_count", row.TurnCount);
        to.WriteNumber("prompt_count", row.PromptCount);
        to.WriteString("machine_id", row.MachineId);
        to.WriteString("rev", row.Rev);
        to.WriteString("hash", row.Hash);
        to.WriteEndObject();
    }

    private static void Curated(Utf8JsonWriter to, CuratedHalf row)
    {
        to.WriteStartObject();
        to.WriteString("title", row.Title);
        to.WriteBoolean("title_set", row.TitleSet);
        to.WriteString("project", row.Project);
        to.WriteBoolean("published", row.Published);
        to.WriteBoolean("hidden", row.Hidden);
        to.WriteNumber("display_order", row.DisplayOrder);
        Answer.Time(to, "deleted_at", row.DeletedAt);
        to.WriteNumber("version", row.Version);
        Answer.Time(to, "updated_at", row.UpdatedAt);
        to.WriteString("hash", row.Hash);
        to.WriteEndObject();
    }

    /// <summary>Where a purged commit ended in its agent session, if no git commit says so.</summary>
    private static void Boundary(Utf8JsonWriter to, CapturedHalf row)
    {
        if (row.ClosedAfter is not null)
        {
            to.WriteStartObject("boundary");
            to.WriteString("agent_session_id", row.AgentSessionId);
            to.WriteString("closed_after", row.ClosedAfter);
            to.WriteEndObject();
        }
    }

    private static void Usage(Utf8JsonWriter to, IReadOnlyList<(string Name, string Number)>? usage)
    {
        to.WritePropertyName("usage");
        if (usage is null)
        {
            to.WriteNullValue();
            return;
        }

        to.WriteStartObject();
        foreach (var (name, number) in usage)
        {
            to.WritePropertyName(name);
            to.WriteRawValue(number, skipInputValidation: true);
        }

        to.WriteEndObject();
    }

    private static void Json(Utf8JsonWriter to, string name, Jsonb? value)
    {
        to.WritePropertyName(name);
        to.WriteRawValue(value is null ? "null"u8 : JsonbPrint.Bytes(value), skipInputValidation: true);
    }

    private static void List(Utf8JsonWriter to, string name, Jsonb? value)
    {
        to.WritePropertyName(name);
        to.WriteRawValue(value is null ? "[]"u8 : JsonbPrint.Bytes(value), skipInputValidation: true);
    }
}
