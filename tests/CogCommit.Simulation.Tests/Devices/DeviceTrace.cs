namespace CogCommit.Simulation.Tests.Devices;

/// <summary>What a device holds when a promise broke, for the reader of the trace.</summary>
internal static class DeviceTrace
{
    private static readonly string[] Queries =
    [
        """
        select 'commit ' || substr(c.id, 1, 8) || ' of ' || substr(c.agent_session_id, 1, 8) || ' ' || closed_by || iif(deleted_at is null, '', ' deleted') || ' rev ' || rev
          || ' version ' || version || ' cloud ' || cloud_version || ' change ' || change_seq || ' pushed ' || pushed_seq || ' ' || coalesce(push_state, '')
        from cognitive_commits c order by started_at, id
        """,
        """
        select 'turn ' || substr(t.id, 1, 8) || ' ' || t.ordinal || ' in commit ' || substr(s.commit_id, 1, 8) || ' ' || t.role || ' rev ' || t.rev || ' change ' || t.change_seq || ' pushed ' || t.pushed_seq
        from turns t join sessions s on s.id = t.session_id order by s.agent_session_id, t.ordinal, t.id
        """,
        """
        select 'captured ' || substr(a.agent_session_id, 1, 8) || iif(a.parent is null, '', '/') || ' ' || f.ordinal || ' ' || substr(f.turn_id, 1, 8) || ' in commit ' || coalesce(substr(f.commit_id, 1, 8), '-')
          || iif(f.owned, '', ' replayed') || iif(f.provisional, ' provisional', '')
        from captured_turns f join agent_sessions a on a.row = f.session order by a.agent_session_id, f.ordinal
        """,
        "select 'boundary ' || session || ' ' || substr(turn_id, 1, 8) || ' ' || kind from captured_boundaries order by 1",
        "select 'cut ' || session || ' ' || first_ordinal || '-' || last_ordinal || ' ' || coalesce(substr(commit_id, 1, 8), '-') || ' ' || cut from captured_commits order by session, first_ordinal",
        "select 'pruned ' || substr(commit_id, 1, 8) from pruned_commits order by 1",
        "select 'conflict ' || substr(commit_id, 1, 8) || ' lost ' || lost from conflicts order by 1",
    ];

    public static IEnumerable<string> Of(SimulatedDevice device) => Queries.SelectMany(device.Query).Select(line => $"device {device.Number}: {line}");
}
