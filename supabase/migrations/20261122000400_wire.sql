-- Rows as they travel to devices (docs/sync-protocol.md), for the answers of push and pull alike.
-- (Stable, as what they call: PostgreSQL unfolds no function into a query that claims to be steadier than its body, and calls it row by row.)

create or replace function cogcommit.wire_time(t timestamptz) returns text language sql stable as $$
  select to_char(t at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
$$;

create or replace function cogcommit.wire_commit(c public.cognitive_commits, machine_id text) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'id', c.local_id,
    'captured', case when not c.purged then jsonb_build_object(
      'source', c.source, 'agent_session_id', c.agent_session_id, 'project', c.captured_project, 'branch', c.branch,
      'git_hash', c.git_hash, 'git_hashes', coalesce(c.git_hashes, '[]'), 'git_subject', c.git_subject,
      'started_at', cogcommit.wire_time(c.started_at), 'closed_at', cogcommit.wire_time(c.closed_at),
      'closed_by', c.closed_by, 'closed_after', c.closed_after, 'parallel', c.parallel,
      'files_read', coalesce(c.files_read, '[]'), 'files_changed', coalesce(c.files_changed, '[]'),
      'derived_title', c.derived_title, 'turn_count', c.turn_count, 'prompt_count', c.prompt_count,
      'machine_id', machine_id, 'rev', c.rev, 'hash', c.hash) end,
    'curated', case when c.curated_hash is not null then jsonb_build_object(
      'title', case when c.title_set then c.title end, 'title_set', c.title_set, 'project', c.project_set,
      'published', c.published, 'hidden', c.hidden, 'display_order', c.display_order,
      'deleted_at', cogcommit.wire_time(c.deleted_at), 'version', c.version,
      'updated_at', cogcommit.wire_time(c.updated_at), 'hash', c.curated_hash) end)
    || case when c.purged then '{"purged": true}'::jsonb else '{}' end
    -- Where a purged commit ended in its agent session, if no git commit says so: whoever reads that transcript cuts there.
    || case when c.purged and c.closed_after is not null
      then jsonb_build_object('boundary', jsonb_build_object('agent_session_id', c.agent_session_id, 'closed_after', c.closed_after)) else '{}' end
$$;

create or replace function cogcommit.wire_session(s public.sessions, commit_id uuid) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'id', s.local_id, 'commit_id', commit_id, 'agent_session_id', s.agent_session_id, 'is_subagent', s.is_subagent,
    'started_at', cogcommit.wire_time(s.started_at), 'ended_at', cogcommit.wire_time(s.ended_at), 'rev', s.rev, 'hash', s.hash)
$$;

-- (json, for there are many and large ones: jsonb would be built, copied and printed.)
create or replace function cogcommit.wire_turn(t public.turns, session_id uuid) returns json language sql stable as $$
  select json_build_object(
    'id', t.local_id, 'session_id', session_id, 'ordinal', t.ordinal, 'role', t.role, 'content', t.content,
    'timestamp', cogcommit.wire_time(t.timestamp), 'model', t.model, 'tool_calls', t.tool_calls, 'interrupted', t.interrupted,
    'usage', t.usage, 'triggers_visual', t.triggers_visual, 'rev', t.rev, 'hash', t.hash)
$$;

create or replace function cogcommit.wire_visual(v public.visuals, commit_id uuid) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'id', v.local_id, 'commit_id', commit_id, 'turn_id', v.turn_id, 'type', v.type, 'captured_at', cogcommit.wire_time(v.captured_at),
    'caption', v.caption, 'content_hash', v.content_hash, 'byte_size', v.byte_size, 'mime', v.mime, 'path', v.path,
    'version', v.version, 'updated_at', cogcommit.wire_time(v.updated_at), 'deleted_at', cogcommit.wire_time(v.deleted_at),
    'rev', v.rev, 'hash', v.hash)
$$;

create or replace function cogcommit.wire_quota(owner uuid) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'tier', q.tier, 'commit_limit', q.commit_limit, 'commits', h.commits, 'storage_limit_bytes', q.storage_limit_bytes, 'bytes', h.bytes)
  from public.user_quotas q join public.sync_heads h using (user_id)
  where q.user_id = owner
$$;

revoke all on all functions in schema cogcommit from public, anon, authenticated;
