using CogCommit.Core.Store;
using Microsoft.Data.Sqlite;

namespace CogCommit.Core.Query;

/// <summary>
/// What may be typed next, from the store. Each question costs the same however long the history is: it looks at the <see cref="Newest"/>
/// commits, and beyond them only where an index leads to a few rows. It leaves no trace, and waits for nobody.
/// </summary>
public sealed class Completions : IDisposable
{
    internal const int Newest = 1000;
    private const int OfProject = 250;
    private const int ByPrefix = 200;
    private const int WithFiles = 300;
    private const int WithSessions = 100;
    private const int Turns = 1000;
    private const int Names = 500;

    // Tool calls with what the tools printed can be megabytes; the small ones name the same tools.
    private const int LargestCalls = 32768;

    // Loose index scan: from one name to the next, never over the commits of a name.
    private const string CapturedProjects = $$"""
        name (value) as (
          select min(project_name) from cognitive_commits
          union all
          select (select min(project_name) from cognitive_commits where project_name > name.value) from name where name.value is not null limit 500)
        """;

    private readonly StoreFile _store;
    private readonly SqliteConnection _connection;
    private readonly CancellationTokenSource _late;

    private Completions(StoreFile store, SqliteConnection connection, TimeSpan patience)
    {
        _store = store;
        _connection = connection;
        _late = new CancellationTokenSource(patience);
    }

    internal SqliteConnection Connection => _connection;

    /// <summary>Null where there is no store.</summary>
    /// <param name="home">Where the store lies.</param>
    /// <param name="patience">After this time a question is given up, with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="CogCommitException">It is damaged, locked, newer or older.</exception>
    public static Completions? Open(CogCommitHome home, TimeSpan patience)
    {
        if (!File.Exists(home.DatabasePath))
        {
            return null;
        }

        var store = StoreFile.OpenUnchanged(home, TimeProvider.System);
        return new Completions(store, store.OpenReaderAtOnce(), patience);
    }

    /// <summary>Names of projects that have commits, in order of the alphabet.</summary>
    public IEnumerable<Suggestion> Projects() => Ask(
        $"""
        with recursive {CapturedProjects}
        select value from name where value <> '' and exists (
          select 1 from (select project_set, deleted_at from cognitive_commits where project_name = name.value order by started_at desc limit 50)
          where deleted_at is null and coalesce(nullif(project_set, ''), name.value) = name.value)
        union
        select project_set from (select project_set, deleted_at from cognitive_commits order by started_at desc, id limit {Newest})
        where deleted_at is null and project_set <> ''
        order by 1 collate nocase limit {Names}
        """,
        [], row => Suggestion.Of(row.GetString(0)));

    /// <summary>Branches, the one worked on last first.</summary>
    public IEnumerable<Suggestion> Branches(CompletionScope scope) => Of(
        scope, $"c.branch, {CommitColumns.Project}", row => row.IsDBNull(0) ? null : Suggestion.Of(row.GetString(0), $"{row.GetString(0)}  {Text(row, 1)}"))
        .DistinctBy(branch => branch.Value);

    /// <summary>Commits, newest first: first those whose id begins with <paramref name="word"/>, then those whose title has it.</summary>
    public IEnumerable<Suggestion> Commits(CompletionScope scope, string word)
    {
        var prefix = word.ToLowerInvariant();
        var (commits, parameters) = Looked(scope, "", prefix);
        var found = Rows.Stream(
            _store, _connection,
            $"{commits.With} {commits.Select($"c.id, {CommitColumns.Title}, {CommitColumns.Project}, c.branch, c.started_at, c.turn_count")}",
            parameters,
            row => (Id: row.GetString(0), Title: row.GetString(1), Where: $"{Where(Text(row, 2), Text(row, 3))}{When(row.GetString(4))}, {row.GetInt32(5)} {(row.GetInt32(5) == 1 ? "turn" : "turns")}"),
            _late.Token).ToList();
        return found.Where(commit => commit.Id.StartsWith(prefix, StringComparison.Ordinal))
            .Concat(found.Where(commit => !commit.Id.StartsWith(prefix, StringComparison.Ordinal) && commit.Title.Contains(word, StringComparison.OrdinalIgnoreCase)))
            .Select(commit => new Suggestion(commit.Id, $"{Short(commit.Id)}  {commit.Title}", $"{commit.Title} ({commit.Where})"));
    }

    /// <summary>Ids of commits that were removed from this machine alone, latest first.</summary>
    public IEnumerable<Suggestion> Pruned() => Ask(
        $"select commit_id, pruned_at from pruned_commits order by pruned_at desc limit {Newest}", [],
        row => Suggestion.Of(row.GetString(0), $"Removed from this machine {When(row.GetString(1))}"));

    /// <summary>Sessions, newest first, whose id or agent's id begins with <paramref name="word"/>.</summary>
    public IEnumerable<Suggestion> Sessions(CompletionScope scope, string word)
    {
        const string Columns = "s.id, s.agent_session_id, s.is_subagent, s.started_at";
        var indexed = word.Length == 0 || scope.CommitIds.Count > 0 ? "" : $"""
            union select row from (select row from sessions where id >= $word and id < $word || char(1114111) order by id limit {ByPrefix})
            union select row from (select row from sessions where agent_session_id >= $word and agent_session_id < $word || char(1114111)
                                   order by agent_session_id limit {ByPrefix})
            """;
        var (commits, parameters) = Looked(scope, $"limit {WithSessions}");
        return Rows.Stream(
            _store, _connection,
            $"""
            {commits.With}, part (row) as (
              select s.row from ({commits.Select("c.id")}) chosen cross join sessions s on s.commit_id = chosen.id {indexed})
            select {Columns}, {CommitColumns.Title}
            from part cross join sessions s on s.row = part.row cross join cognitive_commits c on c.id = s.commit_id
            where c.deleted_at is null order by s.started_at desc, s.id
            """,
            [.. parameters, ("$word", word)],
            row => (Agent: Text(row, 1), Session: new Suggestion(
                row.GetString(0), $"{Short(row.GetString(0))}  {row.GetString(4)}",
                $"{row.GetString(4)} ({(row.GetBoolean(2) ? "subagent" : "session")} {Text(row, 1)}, {When(row.GetString(3))})")),
            _late.Token)
            .Where(found => found.Session.Value.StartsWith(word, StringComparison.OrdinalIgnoreCase) || found.Agent.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            .Select(found => found.Session);
    }

    /// <summary>Visuals of the newest commits, newest first, and those whose id begins with <paramref name="word"/>.</summary>
    public IEnumerable<Suggestion> Visuals(CompletionScope scope, string word)
    {
        var indexed = word.Length == 0 || scope.CommitIds.Count > 0 ? "" : $"""
            union select row from (select row from visuals where id >= $word and id < $word || char(1114111) order by id limit {ByPrefix})
            """;
        var (commits, parameters) = Looked(scope, $"limit {WithFiles}");
        return Ask(
            $"""
            {commits.With}, part (row) as (
              select v.row from ({commits.Select("c.id")}) chosen cross join visuals v on v.commit_id = chosen.id {indexed})
            select v.id, v.type, v.caption, v.captured_at, {CommitColumns.Title}
            from part cross join visuals v on v.row = part.row cross join cognitive_commits c on c.id = v.commit_id
            where c.deleted_at is null and v.deleted_at is null order by v.captured_at desc, v.id limit {Names}
            """,
            [.. parameters, ("$word", word)],
            row => new Suggestion(
                row.GetString(0), $"{Short(row.GetString(0))}  {(row.IsDBNull(2) ? row.GetString(1) : row.GetString(2))}",
                $"{(row.IsDBNull(2) ? row.GetString(1) : row.GetString(2))} ({row.GetString(4)}, {When(row.GetString(3))})"));
    }

    /// <summary>Files that the newest commits changed or read, each once.</summary>
    public IEnumerable<Suggestion> Files(CompletionScope scope)
    {
        var (commits, parameters) = Looked(scope, $"limit {WithFiles}");
        return Ask(
            $"""
            {commits.With}
            select distinct file.value from ({commits.Select("c.files_changed, c.files_read")}) chosen, json_each(json_array(
                case when json_valid(chosen.files_changed) then json(chosen.files_changed) else json('[]') end,
                case when json_valid(chosen.files_read) then json(chosen.files_read) else json('[]') end)) list, json_each(list.value) file
            where file.type = 'text'
            """,
            parameters, row => Suggestion.Of(row.GetString(0)));
    }

    /// <summary>Names of tools that the newest turns call.</summary>
    public IEnumerable<Suggestion> Tools(CompletionScope scope)
    {
        var (commits, parameters) = Looked(scope, $"limit {WithSessions}");
        return Ask(
            $"""
            {commits.With}, said (calls) as (
              select case when octet_length(t.tool_calls) <= {LargestCalls} then t.tool_calls end
              from ({commits.Select("c.id")}) chosen cross join sessions s on s.commit_id = chosen.id cross join turns t on t.session_id = s.id limit {Turns})
            select distinct json_extract(call.value, '$.name') from said, json_each(case when json_valid(said.calls) then said.calls else '[]' end) call
            where call.type = 'object' and json_type(call.value, '$.name') = 'text' order by 1 collate nocase
            """,
            parameters, row => Suggestion.Of(row.GetString(0)));
    }

    /// <summary>Hashes of git commits, newest first, with their subjects.</summary>
    public IEnumerable<Suggestion> GitHashes(CompletionScope scope) => Of(
        scope, "c.git_hash, c.git_subject, c.started_at",
        row => row.IsDBNull(0) ? null : new Suggestion(row.GetString(0), $"{row.GetString(0)}  {Text(row, 1)}", $"{Text(row, 1)} ({When(row.GetString(2))})"))
        .DistinctBy(hash => hash.Value);

    /// <summary>Conflicts, latest first, resolved ones last.</summary>
    public IEnumerable<Suggestion> Conflicts() => Ask(
        $"""
        select k.id, coalesce({CommitColumns.Title}, k.commit_id), k.archived_at, k.resolved_at is not null
        from (select * from conflicts order by resolved_at is not null, archived_at desc, id limit {Names}) k left join cognitive_commits c on c.id = k.commit_id
        order by 4, k.archived_at desc, k.id
        """,
        [], row => new Suggestion(
            row.GetString(0), $"{Short(row.GetString(0))}  {row.GetString(1)}",
            $"{row.GetString(1)} (met {When(row.GetString(2))}{(row.GetBoolean(3) ? ", resolved" : "")})"));

    public void Dispose()
    {
        _late.Dispose();
        _connection.Dispose();
        _store.Dispose();
    }

    private IEnumerable<Suggestion> Of(CompletionScope scope, string columns, Func<SqliteDataReader, Suggestion?> map)
    {
        var (commits, parameters) = Looked(scope, "");
        return Ask($"{commits.With} {commits.Select(columns)}", parameters, map);
    }

    private IEnumerable<Suggestion> Ask(string sql, IEnumerable<(string, object?)> parameters, Func<SqliteDataReader, Suggestion?> map) =>
        Rows.Stream(_store, _connection, sql, parameters, map, _late.Token).OfType<Suggestion>();

    /// <summary>The commits that are looked at, newest first, and what binds them.</summary>
    private (LookedCommits Commits, List<(string, object?)> Parameters) Looked(CompletionScope scope, string limit, string idPrefix = "")
    {
        var conditions = new Conditions().Visible(scope.Visibility)
            .Like(CommitColumns.Project, "$projects", scope.Projects)
            .Like("c.branch", "$branches", scope.Branches);
        if (scope.InConflict)
        {
            conditions.Add("exists (select 1 from conflicts where commit_id = c.id)");
        }

        var parameters = conditions.Parameters.ToList();
        var rows = new List<string>();
        void Prefix(string name, string value)
        {
            rows.Add($"select row from (select row from cognitive_commits where id >= {name} and id < {name} || char(1114111) order by id limit {ByPrefix})");
            parameters.Add((name, value.ToLowerInvariant()));
        }

        if (scope.CommitIds.Count > 0)
        {
            foreach (var (id, i) in scope.CommitIds.Take(50).Select((id, i) => (id, i)))
            {
                Prefix($"$id{i}", id);
            }
        }
        else
        {
            rows.Add($"select row from (select row from cognitive_commits order by started_at desc, id limit {Newest})");
            foreach (var (project, i) in ProjectsLike(scope.Projects).Select((project, i) => (project, i)))
            {
                rows.Add($"select row from (select row from cognitive_commits where project_name = $project{i} order by started_at desc limit {OfProject})");
                parameters.Add(($"$project{i}", project));
            }

            if (idPrefix.Length > 0)
            {
                Prefix("$prefix", idPrefix);
            }

            if (scope.InConflict)
            {
                rows.Add($"select row from (select c.row from conflicts k join cognitive_commits c on c.id = k.commit_id limit {Names})");
            }
        }

        return (new LookedCommits(string.Join(" union ", rows), conditions.Sql, limit), parameters);
    }

    /// <summary>Older commits of a project that is named are found by its index.</summary>
    private List<string> ProjectsLike(IReadOnlyList<string> patterns) => patterns.Count == 0 ? [] : Ask(
        $"""
        with recursive {CapturedProjects}
        select value from name where value <> '' and exists (select 1 from json_each($patterns) pattern where value glob pattern.value) limit 20
        """,
        [("$patterns", JsonText.WriteList(patterns.Select(Wildcard.ToGlob)))], row => Suggestion.Of(row.GetString(0))).Select(name => name.Value).ToList();

    private static string Short(string id) => id.Length > 8 ? id[..8] : id;

    private static string Where(string project, string branch) => string.Concat(project, project.Length > 0 && branch.Length > 0 ? " " : "", branch, ", ");

    private static string When(string time) => Timestamps.TryParse(time, out var at)
        ? at.ToLocalTime().ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture) : time;

    private static string Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? "" : row.GetString(column);

    private sealed record LookedCommits(string Rows, string Condition, string Limit)
    {
        public string With => $"with looked (row) as ({Rows})";

        public string Select(string columns) => $"""
            select {columns} from looked cross join cognitive_commits c on c.row = looked.row where {Condition} order by c.started_at desc, c.id {Limit}
            """;
    }
}
