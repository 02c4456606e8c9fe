using System.Text.Json;
using CogCommit.Core.Store;

namespace CogCommit.Core.Query;

/// <summary>What can be asked of a turn t.</summary>
internal static class TurnConditions
{
    /// <summary>The sessions s, of commits c, in which turns are looked for.</summary>
    public static Conditions OfSession(TurnFilter filter)
    {
        var named = filter.CommitIds.Count > 0 || filter.SessionIds.Count > 0 || filter.TurnIds.Count > 0;
        var conditions = new Conditions().Visible(named ? Visibility.All : Visibility.Shown).In("s.commit_id", "$commits", filter.CommitIds);
        if (filter.TurnIds.Count > 0)
        {
            conditions.Add("s.id in (select session_id from turns where id in (select value from json_each($turns)))", ("$turns", JsonText.WriteList(filter.TurnIds)));
        }

        return filter.SessionIds.Count == 0 ? conditions : conditions.Add(
            "s.id in (select value from json_each($sessions)) or s.agent_session_id in (select value from json_each($sessions))",
            ("$sessions", JsonText.WriteList(filter.SessionIds)));
    }

    public static Conditions OfRoleAndTool(this Conditions conditions, IReadOnlyList<string> roles, IReadOnlyList<string> tools)
    {
        conditions.In("t.role", "$roles", roles);
        return tools.Count == 0 ? conditions : conditions.Add("""
            exists (select 1 from json_each(case when json_valid(t.tool_calls) then t.tool_calls else '[]' end) call, json_each($tools) pattern
                    where call.type = 'object' and json_extract(call.value, '$.name') glob pattern.value)
            """, ("$tools", JsonSerializer.Serialize(tools.Select(Wildcard.ToGlob))));
    }
}
