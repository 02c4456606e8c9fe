using Microsoft.Data.Sqlite;

namespace CogCommit.Core.Store;

/// <summary>
/// How a row of cognitive_commits (named <c>c</c> in every statement that uses these) is shown. The one place where the shown title,
/// the shown project and the sync status are worked out.
/// </summary>
internal static class CommitColumns
{
    public const string Title = "coalesce(case when c.title_set then nullif(c.title, '') end, nullif(c.derived_title, ''), nullif(c.git_subject, ''), 'Untitled')";

    public const string Project = "coalesce(nullif(c.project_set, ''), c.project_name)";

    /// <summary>It needs no upload.</summary>
    public const string Filtered = "(c.turn_count = 0 or c.warmup)";

    // A row that was refused, or is too large, waits until it changes (tried_seq); the rest of its commit is still pending or synced.
    // (There are indexes of the few rows that have a state, and of those that wait.)
    private const string Refused = "push_state = 'error' and tried_seq = change_seq";
    private const string TooLarge = "push_state = 'too_large' and tried_seq = change_seq";
    private const string Waiting = "change_seq > pushed_seq and (tried_seq < change_seq or push_state is null or push_state not in ('error', 'too_large'))";

    // The commits of rows that have a state are few, and found once a statement: no commit's rows are looked up for them.
    private const string HeldSessions = "select commit_id from sessions where push_state is not null and";
    private const string HeldTurns = "select (select s.commit_id from sessions s where s.id = turns.session_id) from turns where push_state is not null and";
    private const string HeldVisuals = "select commit_id from visuals where push_state is not null and";
    private const string HasRefused = $"c.id in ({HeldSessions} {Refused} union all {HeldTurns} {Refused} union all {HeldVisuals} {Refused})";
    private const string HasTooLarge = $"c.id in ({HeldSessions} {TooLarge} union all {HeldTurns} {TooLarge} union all {HeldVisuals} {TooLarge})";
    private const string HasConflict = "c.id in (select commit_id from conflicts where resolved_at is null)";

    // Those that wait may be all of them. Where none does, which is asked once a statement, no commit's are looked up.
    private const string AnyWaitingTurn = "exists (select 1 from turns where change_seq > pushed_seq)";
    private const string AnyWaitingSession = "exists (select 1 from sessions where change_seq > pushed_seq)";
    private const string AnyWaitingVisual = "exists (select 1 from visuals where change_seq > pushed_seq)";

    public const string SyncStatus = $"""
        case
          when {Filtered} then 'filtered'
          when c.push_state = 'over_limit' then 'over_limit'
          when c.push_state = 'error' and c.tried_seq = c.change_seq or {HasRefused} then 'error'
          when c.push_state = 'conflict' or {HasConflict} then 'conflict'
          when {Pending} then 'pending'
          when c.push_state = 'too_large' and c.tried_seq = c.change_seq or {HasTooLarge} then 'too_large'
          else 'synced'
        end
        """;

    /// <summary>
    /// Of a turn (named <c>t</c>): not a queued prompt that the agent has not absorbed yet. Its id may still change, and no turn can be
    /// taken back from a cloud: so it stays here until it has a place, unless it came from there.
    /// </summary>
    public const string Placed = "(t.pushed_seq > 0 or not exists (select 1 from captured_turns f where f.turn_id = t.id and f.provisional = 1 and f.owned = 1))";

    /// <summary>It or a row of it was changed since the cloud confirmed it.</summary>
    public const string Pending = $"""
        (c.change_seq > c.pushed_seq and (c.tried_seq < c.change_seq or c.push_state is null or c.push_state not in ('error', 'too_large'))
          or {AnyWaitingSession} and exists (select 1 from sessions where commit_id = c.id and {Waiting})
          or {AnyWaitingTurn} and exists (select 1 from sessions s cross join turns t on t.session_id = s.id where s.commit_id = c.id
                      and t.change_seq > t.pushed_seq and (t.tried_seq < t.change_seq or t.push_state is null or t.push_state not in ('error', 'too_large'))
                      and {Placed})
          or {AnyWaitingVisual} and exists (select 1 from visuals where commit_id = c.id and {Waiting}))
        """;

    public const string All = $"""
        c.id, {Title}, {Project}, c.branch, c.git_hash, c.git_hashes, c.git_subject, c.closed_by, c.source, c.started_at, c.closed_at, c.parallel,
        c.session_count, c.turn_count, c.prompt_count, c.input_tokens, c.output_tokens, c.files_read, c.files_changed, c.published, c.hidden,
        c.display_order, {SyncStatus}, c.version, c.updated_at, c.deleted_at
        """;

    /// <summary>A row of <see cref="All"/>.</summary>
    public static CognitiveCommit Read(SqliteDataReader reader)
    {
        using var row = new StatementRow(reader.Handle!);
        return new CognitiveCommit
        {
            Id = row.Text(0),
            Title = row.Text(1),
            ProjectName = row.TextOrNull(2),
            Branch = row.TextOrNull(3),
            GitHash = row.TextOrNull(4),
            GitHashes = row.List(5),
            GitSubject = row.TextOrNull(6),
            ClosedBy = row.Text(7),
            Source = row.Text(8),
            StartedAt = row.Time(9),
            ClosedAt = row.Time(10),
            Parallel = row.Flag(11),
            SessionCount = row.SmallNumber(12),
            TurnCount = row.SmallNumber(13),
            PromptCount = row.SmallNumber(14),
            InputTokens = row.Number(15),
            OutputTokens = row.Number(16),
            FilesRead = row.List(17),
            FilesChanged = row.List(18),
            Published = row.Flag(19),
            Hidden = row.Flag(20),
            DisplayOrder = row.SmallNumber(21),
            SyncStatus = row.Text(22),
            Version = row.SmallNumber(23),
            UpdatedAt = row.Time(24),
            DeletedAt = row.TimeOrNull(25),
        };
    }

    /// <summary>The commit as a transaction sees it, deleted or not; null when there is none.</summary>
    public static CognitiveCommit? Find(SqliteConnection connection, string commitId)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"select {All} from cognitive_commits c where c.id = $id";
        using var row = command.With("$id", commitId).ExecuteReader();
        return row.Read() ? Read(row) : null;
    }
}
