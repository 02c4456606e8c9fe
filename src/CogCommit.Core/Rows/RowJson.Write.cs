using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CogCommit.Core.Rows;

/// <summary>Rows as JSON (docs/sync-protocol.md, "Rows"): the one place that knows the names of the fields.</summary>
internal static partial class RowJson
{
    // Text beyond ASCII travels as it is: escaped it would be up to six times as long.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = FieldWriter.MaxDepth };

    public static byte[] Write(CommitRow row) => Wire(to =>
    {
        to.Text("id", row.Id);
        Halves(to, row);
    });

    public static byte[] Write(CuratedFields row) => Wire(to => Curated(to, row));

    public static byte[] Write(SessionRow row) => Wire(to => Session(to, row));

    public static byte[] Write(TurnRow row) => Wire(to => Turn(to, row));

    public static byte[] Write(VisualRow row) => Wire(to => Visual(to, row));

    public static byte[] Write(ProjectRow row) => Wire(to => Project(to, row));

    public static byte[] Write(MachineRow row) => Wire(to => Machine(to, row));

    /// <summary>An object of a file, on one line.</summary>
    public static string Line(Action<FieldWriter> fields) => Encoding.UTF8.GetString(Object(RowForm.File, fields));

    /// <summary>An object, behind what the buffer holds.</summary>
    public static void Object(IBufferWriter<byte> buffer, RowForm form, Action<FieldWriter> fields)
    {
        using var json = new Utf8JsonWriter(buffer, Options);
        json.WriteStartObject();
        fields(new FieldWriter(json, form));
        json.WriteEndObject();
    }

    /// <summary>A text of a file, with its quotes.</summary>
    public static string Text(string text) => Line(to => to.Text("t", text))[5..^1];

    /// <summary>The halves of a commit that are sent.</summary>
    public static void Halves(FieldWriter to, CommitRow row)
    {
        if (row.Captured is { } captured)
        {
            to.Object("captured", () => Captured(to, captured));
        }

        if (row.Curated is { } curated)
        {
            to.Object("curated", () => Curated(to, curated));
        }

        if (row.CuratedBase is { } known)
        {
            to.Text("curated_base", known);
        }
    }

    public static void Captured(FieldWriter to, CapturedFields row)
    {
        to.Text("source", row.Source);
        to.Text("agent_session_id", row.AgentSessionId);
        to.Text("project", row.Project);
        to.Text("branch", row.Branch);
        to.Text("git_hash", row.GitHash);
        to.Json("git_hashes", row.GitHashes);
        to.Text("git_subject", row.GitSubject);
        to.Text("started_at", row.StartedAt);
        to.Text("closed_at", row.ClosedAt);
        to.Text("closed_by", row.ClosedBy);
        to.Text("closed_after", row.ClosedAfter);
        to.Flag("parallel", row.Parallel);
        to.Json("files_read", row.FilesRead);
        to.Json("files_changed", row.FilesChanged);
        to.Text("derived_title", row.DerivedTitle);
        // The cloud has to know them before the turns come; a file holds the turns.
        if (to.Form == RowForm.Wire)
        {
            to.Number("turn_count", row.TurnCount);
            to.Number("prompt_count", row.PromptCount);
            to.Number("bytes", row.Bytes);
        }

        to.Text("machine_id", row.MachineId);
        Revision(to, row.Rev, row.Hash);
    }

    public static void Curated(FieldWriter to, CuratedFields row)
    {
        to.Text("title", row.TitleSet ? row.Title : null);
        to.Flag("title_set", row.TitleSet);
        to.Text("project", row.Project);
        to.Flag("published", row.Published);
        to.Flag("hidden", row.Hidden);
        to.Number("display_order", row.DisplayOrder);
        Deletion(to, row.DeletedAt);
        to.Number("version", row.Version);
        to.Text("updated_at", row.UpdatedAt);
        to.Text("hash", row.Hash);
    }

    public static void Session(FieldWriter to, SessionRow row)
    {
        to.Text("id", row.Id);
        to.Text("commit_id", row.CommitId);
        to.Text("agent_session_id", row.AgentSessionId);
        to.Flag("is_subagent", row.IsSubagent);
        to.Text("started_at", row.StartedAt);
        to.Text("ended_at", row.EndedAt);
        Revision(to, row.Rev, row.Hash);
    }

    public static void Turn(FieldWriter to, TurnRow row)
    {
        to.Text("id", row.Id);
        to.Text("session_id", row.SessionId);
        to.Number("ordinal", row.Ordinal);
        to.Text("role", row.Role);
        to.Text("timestamp", row.Timestamp);
        to.Text("model", row.Model);
        to.Text("content", row.Content);
        to.Json("tool_calls", row.ToolCalls);
        to.Flag("interrupted", row.Interrupted);
        to.Json("usage", row.Usage);
        to.Flag("triggers_visual", row.TriggersVisual);
        Revision(to, row.Rev, row.Hash);
    }

    public static void Visual(FieldWriter to, VisualRow row)
    {
        to.Text("id", row.Id);
        to.Text("commit_id", row.CommitId);
        to.Text("turn_id", row.TurnId);
        to.Text("type", row.Type);
        to.Text("mime", row.Mime);
        to.Text("content_hash", row.ContentHash);
        to.Number("byte_size", row.ByteSize);
        to.Text("captured_at", row.CapturedAt);
        to.Text("caption", row.Caption);
        Revision(to, row.Rev, row.Hash);
        to.Number("version", row.Version);
        to.Text("updated_at", row.UpdatedAt);
        Deletion(to, row.DeletedAt);
    }

    public static void Project(FieldWriter to, ProjectRow row)
    {
        to.Text("name", row.Name);
        to.Text("remote_url", row.RemoteUrl);
    }

    public static void Machine(FieldWriter to, MachineRow row)
    {
        to.Text("machine_id", row.MachineId);
        to.Text("name", row.Name);
    }

    private static void Revision(FieldWriter to, string rev, string hash)
    {
        to.Text("rev", rev);
        to.Text("hash", hash);
    }

    // What is deleted goes into no file.
    private static void Deletion(FieldWriter to, string? deletedAt)
    {
        if (to.Form == RowForm.Wire)
        {
            to.Text("deleted_at", deletedAt);
        }
    }

    private static byte[] Wire(Action<FieldWriter> fields) => Object(RowForm.Wire, fields);

    private static byte[] Object(RowForm form, Action<FieldWriter> fields)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        Object(buffer, form, fields);
        return buffer.WrittenSpan.ToArray();
    }
}
