namespace CogCommit.Cloud.Tests.Model;

/// <summary>Every row of a user as the tables hold it, in one JSON object: local ids for the cloud's, times as they travel.</summary>
internal static class TableRows
{
    public const string Sql =
        """
        select jsonb_build_object(
          'head', (
            select to_jsonb(h) - '{user_id,weighed_at,updated_at}'::text[] || jsonb_build_object('wiped_at', cogcommit.wire_time(h.wiped_at)) from public.sync_heads h where h.user_id = $1),
          'pushes', (
            select jsonb_agg(to_jsonb(p) - '{user_id,created_at}'::text[]) from public.sync_pushes p where p.user_id = $1),
          'machines', (
            select jsonb_agg(jsonb_build_object('machine_id', m.machine_id, 'name', m.name, 'seq', m.seq, 'sync_cursor', m.sync_cursor))
            from public.machines m where m.user_id = $1),
          'projects', (
            select jsonb_agg(jsonb_build_object('name', p.name, 'remote_url', p.remote_url, 'local_path', p.local_path, 'seq', p.seq))
            from public.projects p where p.user_id = $1),
          'commits', (
            select jsonb_agg(cogcommit.wire_commit(c, m.machine_id) || jsonb_build_object(
              'cloud_id', c.id, 'seq', c.seq, 'rev', c.rev, 'hash', c.hash, 'machine_id', m.machine_id, 'shown_title', c.title, 'shown_project', c.project_name,
              'project', (select p.name from public.projects p where p.id = c.project_id), 'source', c.source, 'closed_by', c.closed_by,
              'agent_session_id', c.agent_session_id, 'closed_after', c.closed_after,
              'git_hashes_is_null', c.git_hashes is null, 'files_read_is_null', c.files_read is null, 'files_changed_is_null', c.files_changed is null,
              'started_at', cogcommit.wire_time(c.started_at), 'closed_at', cogcommit.wire_time(c.closed_at), 'derived_title', c.derived_title,
              'purge_after', cogcommit.wire_time(c.purge_after), 'purged', c.purged, 'deleted_at', cogcommit.wire_time(c.deleted_at),
              'version', c.version, 'updated_at', cogcommit.wire_time(c.updated_at), 'curated_hash', c.curated_hash, 'parallel', c.parallel,
              'turn_count', c.turn_count, 'prompt_count', c.prompt_count, 'stored_turns', c.stored_turns, 'bytes', c.bytes, 'visual_bytes', c.visual_bytes))
            from public.cognitive_commits c left join public.machines m on m.id = c.origin_machine_id where c.user_id = $1),
          'sessions', (
            select jsonb_agg(cogcommit.wire_session(s, c.local_id) || jsonb_build_object('cloud_id', s.id, 'seq', s.seq))
            from public.sessions s join public.cognitive_commits c on c.id = s.commit_id where s.user_id = $1),
          'turns', (
            select jsonb_agg(cogcommit.wire_turn(t, s.local_id)::jsonb || jsonb_build_object('cloud_id', t.id, 'seq', t.seq, 'bytes', t.bytes))
            from public.turns t join public.sessions s on s.id = t.session_id where t.user_id = $1),
          'visuals', (
            select jsonb_agg(cogcommit.wire_visual(v, c.local_id) || jsonb_build_object('cloud_id', v.id, 'seq', v.seq, 'bytes', v.bytes))
            from public.visuals v join public.cognitive_commits c on c.id = v.commit_id where v.user_id = $1))::text
        """;
}
