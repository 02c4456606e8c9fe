using System.Text.Json;

namespace CogCommit.Core.Query;

/// <summary>What can be asked of a turn t.</summary>
internal static class TurnConditions
{
    public static Conditions OfRoleAndTool(this Conditions conditions, IReadOnlyList<string> roles, IReadOnlyList<string> tools)
    {
        conditions.In("t.role", "$roles", roles);
        return tools.Count == 0 ? conditions : conditions.Add("""
            exists (select 1 from json_each(case when json_valid(t.tool_calls) then t.tool_calls else '[]' end) call, json_each($tools) pattern
                    where call.type = 'object' and json_extract(call.value, '$.name') glob pattern.value)
            """, ("$tools", JsonSerializer.Serialize(tools.Select(Wildcard.ToGlob))));
    }
}
