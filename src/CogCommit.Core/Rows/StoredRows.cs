using CogCommit.Core.Store;
using Microsoft.Data.Sqlite;

namespace CogCommit.Core.Rows;

/// <summary>The rows of the store in the form in which they travel.</summary>
internal static class StoredRows
{
    public const string CommitColumns = """
        c.id, c.change_seq, c.pushed_seq, c.agent_session_id, c.source, c.project_name, c.branch, c.git_hash, c.git_hashes, c.git_subject,
        c.started_at, c.closed_at, c.closed_by, c.closed_after, c.parallel, c.files_read, c.files_changed, c.derived_title,
        c.turn_count, c.prompt_count, c.origin_machine_id, c.rev, c.hash,
        c.title, c.title_set, c.project_set, c.published, c.hidden, c.display_order, c.deleted_at, c.version, c.updated_at, c.curated_hash,
        c.cloud_version, c.bytes, c.cloud_said
        """;

    public const string SessionColumns =
        "s.id, s.change_seq, s.pushed_seq, s.commit_id, s.agent_session_id, s.is_subagent, s.started_at, s.ended_at, s.rev, s.hash";

    public const string TurnColumns = """
        t.id, t.change_seq, t.pushed_seq, t.session_id, t.ordinal, t.role, t.content, t.timestamp, t.model, t.tool_calls,
        t.interrupted, t.usage, t.triggers_visual, t.rev, t.hash
        """;

    public const string VisualColumns = """
        v.id, v.change_seq, v.pushed_seq, v.commit_id, v.turn_id, v.type, v.captured_at, v.caption, v.content_hash, v.byte_size, v.mime,
        v.version, v.updated_at, v.deleted_at, v.rev, v.hash
        """;

    public static Stored<CommitRow>? FindCommit(WriteTransaction transaction, string id) =>
        Find(transaction, $"select {CommitColumns} from cognitive_commits c where c.id = $id", id, Commit);

    /// <summary>As a reader sees it.</summary>
    public static Stored<CommitRow>? FindCommit(SqliteConnection connection, string id)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"select {CommitColumns} from cognitive_commits c where c.id = $id";
        using var row = command.With("$id", id).ExecuteReader();
        return row.Read() ? Commit(row) : null;
    }

    public static Stored<VisualRow>? FindVisual(WriteTransaction transaction, string id) =>
        Find(transaction, $"select {VisualColumns} from visuals v where v.id = $id", id, Visual);

    public static StoredRevision? FindSession(WriteTransaction transaction, string id) =>
        Find(transaction, "select rev, hash, commit_id, change_seq, pushed_seq from sessions where id = $id", id, Revision);

    public static StoredRevision? FindTurn(WriteTransaction transaction, string id) =>
        Find(transaction, "select rev, hash, session_id, change_seq, pushed_seq from turns where id = $id", id, Revision);

    public static string? CommitOfSession(WriteTransaction transaction, string id) =>
        (string?)transaction.Prepare("select commit_id from sessions where id = $id").With("$id", id).ExecuteScalar();

    public static Stored<CommitRow> Commit(SqliteDataReader row) => new(
        new CommitRow
        {
            Id = row.GetString(0),
            Captured = new CapturedFields
            {
                AgentSessionId = Text(row, 3),
                Source = row.GetString(4),
                Project = Text(row, 5),
                Branch = Text(row, 6),
                GitHash = Text(row, 7),
                GitHashes = row.GetString(8),
                GitSubject = Text(row, 9),
                StartedAt = row.GetString(10),
                ClosedAt = row.GetString(11),
                ClosedBy = row.GetString(12),
                ClosedAfter = Text(row, 13),
                Parallel = row.GetBoolean(14),
                FilesRead = row.GetString(15),
                FilesChanged = row.GetString(16),
                DerivedTitle = row.GetString(17),
                TurnCount = row.GetInt32(18),
                PromptCount = row.GetInt32(19),
                Bytes = row.GetInt64(34),
                MachineId = Text(row, 20),
                Rev = row.GetString(21),
                Hash = Text(row, 22) ?? "",
            },
            Curated = new CuratedFields
            {
                Title = Text(row, 23),
                TitleSet = row.GetBoolean(24),
                Project = Text(row, 25),
                Published = row.GetBoolean(26),
                Hidden = row.GetBoolean(27),
                DisplayOrder = row.GetInt32(28),
                DeletedAt = Text(row, 29),
                Version = row.GetInt32(30),
                UpdatedAt = row.GetString(31),
                // An edit leaves the hash to whoever needs it.
                Hash = Text(row, 32) ?? CuratedHash.Of(
                    row.GetString(0), Text(row, 23), row.GetBoolean(24), Text(row, 25), row.GetBoolean(26), row.GetBoolean(27), row.GetInt32(28),
                    Text(row, 29) is { } deleted ? Timestamps.Parse(deleted) : null),
            },
        },
        row.GetInt64(1),
        row.GetInt64(2))
    {
        CloudVersion = row.GetInt32(33),
        CloudSaid = Text(row, 35),
    };

    public static Stored<SessionRow> Session(SqliteDataReader row) => new(
        new SessionRow
        {
            Id = row.GetString(0),
            CommitId = row.GetString(3),
            AgentSessionId = Text(row, 4),
            IsSubagent = row.GetBoolean(5),
            StartedAt = row.GetString(6),
            EndedAt = row.GetString(7),
            Rev = row.GetString(8),
            Hash = Text(row, 9) ?? "",
        },
        row.GetInt64(1),
        row.GetInt64(2));

    /// <summary>By SQLite's own functions: an export and a push read nothing else as often.</summary>
    public static Stored<TurnRow> Turn(SqliteDataReader reader)
    {
        using var row = new StatementRow(reader.Handle!);
        return new Stored<TurnRow>(
            new TurnRow
            {
                Id = row.Text(0),
                SessionId = row.Text(3),
                Ordinal = row.SmallNumber(4),
                Role = row.Text(5),
                Content = row.TextOrNull(6),
                Timestamp = row.Text(7),
                Model = row.TextOrNull(8),
                ToolCalls = row.TextOrNull(9),
                Interrupted = row.Flag(10),
                Usage = row.TextOrNull(11),
                TriggersVisual = row.Flag(12),
                Rev = row.Text(13),
                Hash = row.TextOrNull(14) ?? "",
            },
            row.Number(1),
            row.Number(2));
    }

    public static Stored<VisualRow> Visual(SqliteDataReader row) => new(
        new VisualRow
        {
            Id = row.GetString(0),
            CommitId = row.GetString(3),
            TurnId = Text(row, 4),
            Type = row.GetString(5),
            CapturedAt = row.GetString(6),
            Caption = Text(row, 7),
            ContentHash = Text(row, 8),
            ByteSize = row.GetInt64(9),
            Mime = Text(row, 10),
            Version = row.GetInt32(11),
            UpdatedAt = Text(row, 12) ?? row.GetString(6),
            DeletedAt = Text(row, 13),
            Rev = row.GetString(14),
            Hash = Text(row, 15) ?? "",
        },
        row.GetInt64(1),
        row.GetInt64(2));

    private static T? Find<T>(WriteTransaction transaction, string sql, string id, Func<SqliteDataReader, T> read)
        where T : class
    {
        using var row = transaction.Prepare(sql).With("$id", id).ExecuteReader();
        return row.Read() ? read(row) : null;
    }

    private static StoredRevision Revision(SqliteDataReader row) =>
        new(row.GetString(0), Text(row, 1), row.GetString(2), row.GetInt64(3), row.GetInt64(4));

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
