namespace CogCommit.Core.Store;

/// <summary>How the original's rows read in our tables.</summary>
internal static class OriginalRows
{
    // (our column, from the original's row o, the original's column that must be there for it)
    private static readonly (string Column, string Source, string Needs)[] Commits =
    [
        ("id", "coalesce(o.id, our_id('commit', o.rowid))", ""),
        ("source", "coalesce(nullif(o.source, ''), 'claude_code')", "source"),
        ("project_name", "our_text(cast(nullif(o.project_name, '') as blob))", "project_name"),
        ("git_hash", "nullif(o.git_hash, '')", "git_hash"),
        ("git_hashes", "case when o.git_hash <> '' then json_array(o.git_hash) else '[]' end", "git_hash"),
        ("started_at", "coalesce(our_time(o.started_at), '')", "started_at"),
        ("closed_at", "coalesce(our_time(o.closed_at), '')", "closed_at"),
        ("closed_by", "case when o.closed_by in ('git_commit', 'explicit') then o.closed_by else 'session_end' end", "closed_by"),
        ("parallel", "coalesce(o.parallel, 0) <> 0", "parallel"),
        ("files_read", "our_list(o.files_read)", "files_read"),
        ("files_changed", "our_list(o.files_changed)", "files_changed"),
        // Whoever set it, a title was shown to the user as theirs.
        ("title", "our_text(cast(nullif(trim(o.title), '') as blob))", "title"),
        ("title_set", "coalesce(trim(o.title), '') <> ''", "title"),
        ("published", "coalesce(o.published, 0) <> 0", "published"),
        ("hidden", "coalesce(o.hidden, 0) <> 0", "hidden"),
        ("display_order", "cast(coalesce(o.display_order, 0) as integer)", "display_order"),
        ("updated_at", "coalesce(our_time(o.closed_at), '')", "closed_at"),
    ];

    // The original's session id is the agent's own.
    private static readonly (string Column, string Source, string Needs)[] Sessions =
    [
        ("id", "coalesce(o.id, our_id('session', o.rowid))", ""),
        ("commit_id", "coalesce(o.commit_id, our_id('commit of session', coalesce(o.id, o.rowid)))", "commit_id"),
        ("agent_session_id", "coalesce(o.id, our_id('session', o.rowid))", ""),
        ("is_subagent", "coalesce(o.id like 'agent-%', 0)", ""),
        ("started_at", "coalesce(our_time(o.started_at), '')", "started_at"),
        ("ended_at", "coalesce(our_time(o.ended_at), '')", "ended_at"),
    ];

    private static readonly (string Column, string Source, string Needs)[] Turns =
    [
        ("id", "coalesce(o.id, our_id('turn', o.rowid))", ""),
        ("session_id", "coalesce(o.session_id, our_id('session of turns', ''))", "session_id"),
        ("role", "case when o.role = 'user' then 'user' else 'assistant' end", "role"),
        ("content", "our_text(cast(o.content as blob))", "content"),
        ("timestamp", "coalesce(our_time(o.timestamp), '')", "timestamp"),
        ("model", "our_text(cast(nullif(o.model, '') as blob))", "model"),
        ("tool_calls", "our_calls(cast(o.tool_calls as blob))", "tool_calls"),
        ("triggers_visual", "coalesce(o.triggers_visual, 0) <> 0", "triggers_visual"),
    ];

    private static readonly (string Column, string Source, string Needs)[] Visuals =
    [
        ("id", "coalesce(o.id, our_id('visual', o.rowid))", ""),
        ("commit_id", "coalesce(o.commit_id, our_id('commit of visual', coalesce(o.id, o.rowid)))", "commit_id"),
        ("type", "coalesce(o.type, '')", "type"),
        ("path", "coalesce(o.path, '')", "path"),
        ("captured_at", "coalesce(our_time(o.captured_at), '1970-01-01T00:00:00.000000Z')", "captured_at"),
        ("caption", "our_text(cast(o.caption as blob))", "caption"),
    ];

    /// <summary>Rows may hang in the air: what they name is made, under the id that they name.</summary>
    public const string MissingParents = """
        insert into sessions (id, commit_id, agent_session_id, started_at, ended_at)
          select distinct session_id, our_id('commit of session', session_id), session_id, '', '' from turns where session_id not in (select id from sessions);
        insert into cognitive_commits (id, started_at, closed_at, closed_by, updated_at)
          select distinct commit_id, '', '', 'session_end', '' from (select commit_id from sessions union select commit_id from visuals)
          where commit_id not in (select id from cognitive_commits);
        """;

    /// <summary>A time that is missing, and a beginning behind its end, are taken from the turns; '' stands for missing until here.</summary>
    public const string Times = """
        update turns set timestamp = coalesce(
          (select t.timestamp from turns t where t.session_id = turns.session_id and t.row < turns.row and t.timestamp <> '' order by t.row desc limit 1),
          (select t.timestamp from turns t where t.session_id = turns.session_id and t.row > turns.row and t.timestamp <> '' order by t.row limit 1),
          (select coalesce(nullif(s.started_at, ''), nullif(s.ended_at, ''), nullif(c.started_at, ''), nullif(c.closed_at, ''))
             from sessions s join cognitive_commits c on c.id = s.commit_id where s.id = turns.session_id),
          '1970-01-01T00:00:00.000000Z') where timestamp = '';
        update sessions set (started_at, ended_at) = (
          select coalesce(min(t.timestamp), nullif(min(nullif(sessions.started_at, ''), nullif(sessions.ended_at, '')), ''), max(sessions.started_at, sessions.ended_at)),
                 coalesce(max(t.timestamp), nullif(min(nullif(sessions.started_at, ''), nullif(sessions.ended_at, '')), ''), max(sessions.started_at, sessions.ended_at))
          from turns t where t.session_id = sessions.id)
        where started_at = '' or ended_at = '' or started_at > ended_at;
        update cognitive_commits as c set (started_at, closed_at) = (
          select coalesce(min(t.timestamp), min(nullif(s.started_at, '')), nullif(min(nullif(c.started_at, ''), nullif(c.closed_at, '')), ''), max(c.started_at, c.closed_at)),
                 coalesce(max(t.timestamp), max(nullif(s.ended_at, '')), nullif(min(nullif(c.started_at, ''), nullif(c.closed_at, '')), ''), max(c.started_at, c.closed_at))
          from sessions s left join turns t on t.session_id = s.id where s.commit_id = c.id)
        where started_at = '' or closed_at = '' or started_at > closed_at;
        update cognitive_commits set started_at = '1970-01-01T00:00:00.000000Z', closed_at = '1970-01-01T00:00:00.000000Z' where started_at = '';
        update cognitive_commits set updated_at = closed_at;
        update sessions set (started_at, ended_at) = (select started_at, closed_at from cognitive_commits where id = sessions.commit_id) where started_at = '';
        """;

    /// <summary>What the original did not keep.</summary>
    public const string Derived = """
        update turns set ordinal = place.n,
            bytes = length(cast(coalesce(content, '') as blob)) + length(cast(coalesce(tool_calls, '') as blob))
          from (select row, row_number() over (partition by session_id order by timestamp, row) - 1 as n from turns) place where place.row = turns.row;
        update cognitive_commits as c set
          agent_session_id = (select s.agent_session_id from sessions s where s.commit_id = c.id order by s.is_subagent, s.started_at, s.row limit 1),
          derived_title = our_title(
            (select content from turns where row = (
              select t.row from sessions s join turns t on t.session_id = s.id
              where s.commit_id = c.id and s.is_subagent = 0 and t.role = 'user' and trim(t.content) <> ''
                and not (trim(t.content) glob '/*' and trim(t.content) not glob '*[ ' || char(10) || ']*')
              order by s.started_at, s.row, t.ordinal limit 1)),
            (select content from turns where row = (
              select t.row from sessions s join turns t on t.session_id = s.id
              where s.commit_id = c.id and t.role = 'assistant' and trim(t.content) <> ''
              order by s.is_subagent, s.started_at, s.row, t.ordinal limit 1)));
        insert into projects (name) select distinct project_name from cognitive_commits where project_name is not null;
        update cognitive_commits set change_seq = n.n from (select row, row_number() over (order by row) as n from cognitive_commits) n where n.row = cognitive_commits.row;
        update sessions set change_seq = n.n + (select count(*) from cognitive_commits)
          from (select row, row_number() over (order by row) as n from sessions) n where n.row = sessions.row;
        update turns set change_seq = n.n + (select count(*) from cognitive_commits) + (select count(*) from sessions)
          from (select row, row_number() over (order by row) as n from turns) n where n.row = turns.row;
        update visuals set updated_at = captured_at,
            change_seq = n.n + (select count(*) from cognitive_commits) + (select count(*) from sessions) + (select count(*) from turns)
          from (select row, row_number() over (order by row) as n from visuals) n where n.row = visuals.row;
        update counters set value = (select count(*) from cognitive_commits) + (select count(*) from sessions) + (select count(*) from turns) + (select count(*) from visuals)
          where name = 'change_seq';
        """;

    public const string FullText = """
        insert into turn_index (rowid, prompt, answer, tool_input, tool_result, spaced) select * from turn_texts;
        insert into commit_index (rowid, title, git_subject, files, spaced) select * from commit_texts;
        """;

    public static (string Column, string Source, string Needs)[] Of(string table) => table switch
    {
        "cognitive_commits" => Commits,
        "sessions" => Sessions,
        "turns" => Turns,
        _ => Visuals,
    };

    /// <summary>The original's column is in one of ours, or is counted anew; any other is kept as it is.</summary>
    public static bool IsReplaced(string table, string column) =>
        column.Equals("id", StringComparison.OrdinalIgnoreCase)
        || Of(table).Any(known => known.Needs.Equals(column, StringComparison.OrdinalIgnoreCase))
        || (table == "cognitive_commits" && column.Equals("prompt_count", StringComparison.OrdinalIgnoreCase));
}
