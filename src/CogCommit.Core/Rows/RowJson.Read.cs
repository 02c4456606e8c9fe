using System.Buffers;
using System.Text;
using System.Text.Json;

namespace CogCommit.Core.Rows;

internal static partial class RowJson
{
    public static CommitRow ReadCommit(JsonElement json)
    {
        var row = new RowReader(json, "commit");
        var purged = row.FlagOrFalse("purged");
        // What is left of the captured half of a purged commit is of no use, so its form does not matter.
        var captured = row.Half("captured");
        var commit = new CommitRow
        {
            Id = row.Id("id"),
            Captured = purged || captured is null ? null : ReadCaptured(captured),
            Curated = row.Half("curated") is { } curated ? ReadCurated(curated) : null,
            Purged = purged,
            Boundary = purged && row.Half("boundary") is { } boundary ? ReadBoundary(boundary) : null,
        };
        row.EndOfRow();
        return commit;
    }

    private static PurgedBoundary? ReadBoundary(RowReader row) =>
        row.IdOrNull("closed_after") is { } turn ? new PurgedBoundary(row.TextOrNull("agent_session_id"), turn) : null;

    public static CapturedFields ReadCaptured(JsonElement json, RowForm form) => ReadCaptured(new RowReader(json, "commit's captured half", form));

    public static CuratedFields ReadCurated(JsonElement json, RowForm form = RowForm.Wire) =>
        ReadCurated(new RowReader(json, "commit's curated half", form));

    public static SessionRow ReadSession(JsonElement json, RowForm form = RowForm.Wire)
    {
        var row = new RowReader(json, "session", form);
        var session = new SessionRow
        {
            Id = row.Id("id"),
            CommitId = row.Id("commit_id"),
            AgentSessionId = row.TextOrNull("agent_session_id"),
            IsSubagent = row.Flag("is_subagent"),
            StartedAt = row.Time("started_at"),
            EndedAt = row.Time("ended_at"),
            Rev = row.TextOrNull("rev") ?? "",
            Hash = row.TextOrNull("hash") ?? "",
        };
        row.EndOfRow();
        return session;
    }

    public static TurnRow ReadTurn(JsonElement json, RowForm form = RowForm.Wire)
    {
        var row = new RowReader(json, "turn", form);
        var turn = new TurnRow
        {
            Id = row.Id("id"),
            SessionId = row.Id("session_id"),
            Ordinal = row.Number("ordinal"),
            Role = row.Word("role", "user", "assistant"),
            Content = row.TextOrNull("content"),
            Timestamp = row.Time("timestamp"),
            Model = row.TextOrNull("model"),
            ToolCalls = row.ListOrNull("tool_calls"),
            Interrupted = row.Flag("interrupted"),
            Usage = row.ObjectOrNull("usage"),
            TriggersVisual = row.Flag("triggers_visual"),
            Rev = row.TextOrNull("rev") ?? "",
            Hash = row.TextOrNull("hash") ?? "",
        };
        row.EndOfRow();
        return turn;
    }

    public static VisualRow ReadVisual(JsonElement json, RowForm form = RowForm.Wire)
    {
        var row = new RowReader(json, "visual", form);
        var visual = new VisualRow
        {
            Id = row.Id("id"),
            CommitId = row.Id("commit_id"),
            TurnId = row.IdOrNull("turn_id"),
            Type = row.Text("type"),
            CapturedAt = row.Time("captured_at"),
            Caption = row.TextOrNull("caption"),
            ContentHash = row.ContentHashOrNull("content_hash"),
            ByteSize = row.LongNumber("byte_size"),
            Mime = row.TextOrNull("mime"),
            CloudPath = row.TextOrNull("path"),
            Version = row.Version(),
            UpdatedAt = row.Time("updated_at"),
            DeletedAt = row.TimeOrNull("deleted_at"),
            Rev = row.TextOrNull("rev") ?? "",
            Hash = row.TextOrNull("hash") ?? "",
        };
        row.EndOfRow();
        return visual;
    }

    public static ProjectRow ReadProject(JsonElement json, RowForm form = RowForm.Wire)
    {
        var row = new RowReader(json, "project", form);
        return new ProjectRow(row.Text("name"), row.TextOrNull("remote_url"));
    }

    public static MachineRow ReadMachine(JsonElement json, RowForm form = RowForm.Wire)
    {
        var row = new RowReader(json, "machine", form);
        return new MachineRow(row.Text("machine_id"), row.TextOrNull("name"));
    }

    /// <summary>JSON text without insignificant space.</summary>
    public static string Compact(JsonElement value)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using var writer = new Utf8JsonWriter(buffer, Options);
        value.WriteTo(writer);
        writer.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static CapturedFields ReadCaptured(RowReader row)
    {
        var captured = new CapturedFields
        {
            Source = row.Text("source"),
            AgentSessionId = row.TextOrNull("agent_session_id"),
            Project = row.TextOrNull("project"),
            Branch = row.TextOrNull("branch"),
            GitHash = row.TextOrNull("git_hash"),
            GitHashes = row.List("git_hashes"),
            GitSubject = row.TextOrNull("git_subject"),
            StartedAt = row.Time("started_at"),
            ClosedAt = row.Time("closed_at"),
            ClosedBy = row.Word("closed_by", "git_commit", "session_end", "explicit"),
            ClosedAfter = row.IdOrNull("closed_after"),
            Parallel = row.Flag("parallel"),
            FilesRead = row.List("files_read"),
            FilesChanged = row.List("files_changed"),
            DerivedTitle = row.TextOrNull("derived_title") ?? "",
            TurnCount = row.Form == RowForm.Wire ? row.Number("turn_count") : 0,
            PromptCount = row.Form == RowForm.Wire ? row.Number("prompt_count") : 0,
            MachineId = row.TextOrNull("machine_id"),
            Rev = row.TextOrNull("rev") ?? "",
            Hash = row.TextOrNull("hash") ?? "",
        };
        row.EndOfRow();
        return captured;
    }

    private static CuratedFields ReadCurated(RowReader row)
    {
        var curated = new CuratedFields
        {
            Title = row.TextOrNull("title"),
            TitleSet = row.Flag("title_set"),
            Project = row.TextOrNull("project"),
            Published = row.Flag("published"),
            Hidden = row.Flag("hidden"),
            DisplayOrder = row.Number("display_order"),
            DeletedAt = row.TimeOrNull("deleted_at"),
            Version = row.Version(),
            UpdatedAt = row.Time("updated_at"),
            Hash = row.TextOrNull("hash") ?? "",
        };
        row.EndOfRow();
        return curated;
    }
}
