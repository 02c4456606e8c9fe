namespace CogCommit.Core.Store;

/// <summary>What a commit says about its turns, counted from them.</summary>
internal static class CommitTotals
{
    // A prompt is what a person wrote: the user turns of a subagent's session were written by an agent.
    /// <summary>For every commit; narrow it with a WHERE over cognitive_commits.</summary>
    public const string Sql = """
        update cognitive_commits set
          session_count = (select count(*) from sessions s where s.commit_id = cognitive_commits.id),
          (turn_count, prompt_count, input_tokens, output_tokens, bytes) = (
            select count(*),
                   count(*) filter (where t.role = 'user' and s.is_subagent = 0),
                   coalesce(sum(case when json_valid(t.usage) then cast(t.usage ->> '$.input_tokens' as integer) end), 0),
                   coalesce(sum(case when json_valid(t.usage) then cast(t.usage ->> '$.output_tokens' as integer) end), 0),
                   coalesce(sum(t.bytes), 0)
            from sessions s join turns t on t.session_id = s.id where s.commit_id = cognitive_commits.id),
          -- Exactly this text: people write about warming up too.
          warmup = coalesce((
            select t.content = 'Warmup' from sessions s join turns t on t.session_id = s.id
            where s.commit_id = cognitive_commits.id and s.is_subagent = 0 and t.role = 'user'
            order by s.started_at, s.id, t.ordinal limit 1), 0)
        """;

    public static void Refresh(WriteTransaction transaction, IEnumerable<string> commitIds)
    {
        foreach (var id in commitIds.Distinct())
        {
            transaction.Execute($"{Sql} where id = $id", ("$id", id));
        }
    }
}
