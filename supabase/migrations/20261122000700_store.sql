-- Writing what was accepted. Each function takes the verdicts and the number that the push will have.

create or replace function cogcommit.store_names(owner uuid, batch jsonb, verdicts cogcommit.verdict[], next_seq bigint) returns int
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  commits constant jsonb := batch -> 'commits';
  machines int;
  projects int;
begin
  with named as (
    select batch -> 'machine' ->> 'machine_id' as machine_id, batch -> 'machine' ->> 'name' as name, true as is_self
    where cogcommit.is_text(batch -> 'machine' -> 'machine_id', 200) and cogcommit.is_text_or_absent(batch -> 'machine' -> 'name', 300)
    union all
    select m ->> 'machine_id', m ->> 'name', false from jsonb_array_elements(batch -> 'machines') m
    where cogcommit.is_text(m -> 'machine_id', 200) and cogcommit.is_text_or_absent(m -> 'name', 300)
    union all
    select commits -> (v.n - 1) -> 'captured' ->> 'machine_id', null, false from unnest(verdicts) v
    where v.kind = 'captured' and v.status = 'accepted'
  ), wanted as (
    select distinct on (machine_id) machine_id, name, is_self from named where machine_id is not null order by machine_id, is_self desc, name
  ), room as (
    select w.*, old.id is null and row_number() over (partition by old.id is null) + (select count(*) from public.machines c where c.user_id = owner) > 1000 as is_over
    from wanted w left join public.machines old on old.user_id = owner and old.machine_id = w.machine_id
    -- A machine says what it is called; others only pass the name on.
    where old.id is null or w.name is distinct from old.name and w.name is not null and (w.is_self or old.name is null)
  )
  insert into public.machines as m (user_id, machine_id, name, seq) select owner, machine_id, name, next_seq from room where not is_over
  on conflict (user_id, machine_id) do update set name = excluded.name, seq = excluded.seq where m.user_id = owner;
  get diagnostics machines = row_count;

  with named as (
    select p ->> 'name' as name, p ->> 'remote_url' as remote_url from jsonb_array_elements(batch -> 'projects') p
    where cogcommit.is_text(p -> 'name', 300) and cogcommit.is_text_or_absent(p -> 'remote_url', 2000)
    union all
    select commits -> (v.n - 1) -> v.kind ->> 'project', null from unnest(verdicts) v
    where v.kind in ('captured', 'curated') and v.status = 'accepted'
  ), wanted as (
    select distinct on (name) name, remote_url from named where name is not null order by name, remote_url
  ), room as (
    select w.*, old.id is null and row_number() over (partition by old.id is null) + (select count(*) from public.projects c where c.user_id = owner) > 10000 as is_over
    from wanted w left join public.projects old on old.user_id = owner and old.name = w.name
    -- The first address that is known stays: two clones with two addresses must not take turns.
    where old.id is null or w.remote_url is not null and old.remote_url is null
  )
  insert into public.projects as p (user_id, name, remote_url, seq) select owner, name, remote_url, next_seq from room where not is_over
  on conflict (user_id, name) do update set remote_url = excluded.remote_url, seq = excluded.seq, updated_at = now() where p.user_id = owner;
  get diagnostics projects = row_count;
  return machines + projects;
end
$$;

create or replace function cogcommit.store_commits(owner uuid, rows jsonb, verdicts cogcommit.verdict[], next_seq bigint) returns int
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  changed int;
begin
  with told as materialized (
    select v.cid, bool_or(v.is_new) as is_new, (rows -> (v.n - 1) ->> 'id')::uuid as local_id,
      bool_or(v.kind = 'captured' and v.status = 'accepted') as captures, bool_or(v.kind = 'curated' and v.status = 'accepted') as curates,
      rows -> (v.n - 1) -> 'captured' as captured, rows -> (v.n - 1) -> 'curated' as curated,
      bool_or(v.kind = 'captured' and v.status in ('accepted', 'lost') and coalesce((rows -> (v.n - 1) -> 'captured' ->> 'parallel')::boolean, false)) as parallel
    from unnest(verdicts) v
    where v.kind = 'curated' and v.status = 'accepted'
      or v.kind = 'captured' and (v.status = 'accepted' or v.status = 'lost' and v.reason is null)
    group by v.cid, v.n
  ), wanted as materialized (
    select t.cid, t.is_new, t.local_id, t.captures, t.curates,
      coalesce(e.parallel, false) or t.parallel as parallel,
      case when t.captures then c.source else e.source end as source,
      case when t.captures then c.agent_session_id else e.agent_session_id end as agent_session_id,
      case when t.captures then c.project else e.captured_project end as captured_project,
      case when t.captures then c.branch else e.branch end as branch,
      case when t.captures then c.git_hash else e.git_hash end as git_hash,
      case when t.captures then c.git_hashes else e.git_hashes end as git_hashes,
      case when t.captures then c.git_subject else e.git_subject end as git_subject,
      case when t.captures then c.started_at else e.started_at end as started_at,
      case when t.captures then c.closed_at else e.closed_at end as closed_at,
      case when t.captures then c.closed_by else e.closed_by end as closed_by,
      case when t.captures then c.closed_after else e.closed_after end as closed_after,
      case when t.captures then c.files_read else e.files_read end as files_read,
      case when t.captures then c.files_changed else e.files_changed end as files_changed,
      case when t.captures then c.derived_title else e.derived_title end as derived_title,
      case when t.captures then coalesce(c.turn_count, 0) else e.turn_count end as turn_count,
      case when t.captures then coalesce(c.prompt_count, 0) else e.prompt_count end as prompt_count,
      case when t.captures then m.id else e.origin_machine_id end as origin_machine_id,
      case when t.captures then c.rev else e.rev end as rev,
      case when t.captures then c.hash else e.hash end as hash,
      case when t.curates then coalesce(u.title_set, false) else coalesce(e.title_set, false) end as title_set,
      case when t.curates then u.title else e.title end as set_title,
      case when t.curates then u.project else e.project_set end as project_set,
      case when t.curates then coalesce(u.published, false) else coalesce(e.published, false) end as published,
      case when t.curates then coalesce(u.hidden, false) else coalesce(e.hidden, false) end as hidden,
      case when t.curates then coalesce(u.display_order, 0) else coalesce(e.display_order, 0) end as display_order,
      case when t.curates then u.deleted_at else e.deleted_at end as deleted_at,
      case when t.curates then u.version else coalesce(e.version, 1) end as version,
      case when t.curates then cogcommit.lowered(t.curated ->> 'updated_at') else coalesce(e.updated_at, now()) end as updated_at,
      case when t.curates then u.hash else e.curated_hash end as curated_hash,
      -- A date of long ago is a device that was offline, or whose clock is wrong: the 30 days begin when the deletion comes. Who deletes
      -- what is deleted already does not move the day, whatever the clock there says.
      case
        when not t.curates then e.purge_after
        when e.deleted_at is not null and u.deleted_at is not null then coalesce(e.purge_after, e.deleted_at + interval '30 days')
        when u.deleted_at not between now() - interval '1 day' and now() + interval '1 day' then now() + interval '30 days'
      end as purge_after
    from told t
    left join lateral (select x.* from public.cognitive_commits x where x.id = t.cid and x.user_id is not distinct from owner limit 1) e on true
    left join lateral jsonb_to_record(case when t.captures then t.captured end) as c (
      source text, agent_session_id text, project text, branch text, git_hash text, git_hashes jsonb, git_subject text, started_at timestamptz,
      closed_at timestamptz, closed_by text, closed_after text, files_read jsonb, files_changed jsonb, derived_title text, turn_count int,
      prompt_count int, machine_id text, rev text, hash text) on true
    left join lateral jsonb_to_record(case when t.curates then t.curated end) as u (
      title text, title_set boolean, project text, published boolean, hidden boolean, display_order int, deleted_at timestamptz, version int, hash text) on true
    left join public.machines m on m.user_id = owner and m.machine_id = c.machine_id
    where t.captures or t.curates or t.parallel and not e.parallel
  )
  insert into public.cognitive_commits as e (
    id, user_id, local_id, seq, project_id, project_name, title, origin_machine_id, parallel, source, agent_session_id, captured_project, branch,
    git_hash, git_hashes, git_subject, started_at, closed_at, closed_by, closed_after, files_read, files_changed, derived_title, turn_count,
    prompt_count, rev, hash, title_set, project_set, published, hidden, display_order, deleted_at, version, updated_at, curated_hash, purge_after)
  select w.cid, owner, w.local_id, next_seq, p.id, coalesce(w.project_set, w.captured_project),
    case when w.title_set then w.set_title else w.derived_title end, w.origin_machine_id, w.parallel, w.source, w.agent_session_id,
    w.captured_project, w.branch, w.git_hash, w.git_hashes, w.git_subject, w.started_at, w.closed_at, w.closed_by, w.closed_after, w.files_read,
    w.files_changed, w.derived_title, w.turn_count, w.prompt_count, w.rev, w.hash, w.title_set, w.project_set, w.published, w.hidden,
    w.display_order, w.deleted_at, w.version, w.updated_at, w.curated_hash, w.purge_after
  from wanted w left join public.projects p on p.user_id = owner and p.name = coalesce(w.project_set, w.captured_project)
  on conflict (id) do update set
    seq = excluded.seq, project_id = excluded.project_id, project_name = excluded.project_name, title = excluded.title,
    origin_machine_id = excluded.origin_machine_id, parallel = excluded.parallel, source = excluded.source,
    agent_session_id = excluded.agent_session_id, captured_project = excluded.captured_project, branch = excluded.branch,
    git_hash = excluded.git_hash, git_hashes = excluded.git_hashes, git_subject = excluded.git_subject, started_at = excluded.started_at,
    closed_at = excluded.closed_at, closed_by = excluded.closed_by, closed_after = excluded.closed_after, files_read = excluded.files_read,
    files_changed = excluded.files_changed, derived_title = excluded.derived_title, turn_count = excluded.turn_count,
    prompt_count = excluded.prompt_count, rev = excluded.rev, hash = excluded.hash, title_set = excluded.title_set,
    project_set = excluded.project_set, published = excluded.published, hidden = excluded.hidden, display_order = excluded.display_order,
    deleted_at = excluded.deleted_at, version = excluded.version, updated_at = excluded.updated_at, curated_hash = excluded.curated_hash,
    purge_after = excluded.purge_after
  where e.user_id = owner;
  get diagnostics changed = row_count;
  return changed;
end
$$;

create or replace function cogcommit.store_sessions(owner uuid, rows jsonb, verdicts cogcommit.verdict[], next_seq bigint) returns int
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  changed int;
begin
  insert into public.sessions as e (id, user_id, local_id, commit_id, seq, agent_session_id, is_subagent, started_at, ended_at, rev, hash)
  select v.cid, owner, r.id, v.commit_cid, next_seq, r.agent_session_id, coalesce(r.is_subagent, false), r.started_at, r.ended_at, r.rev, r.hash
  from unnest(verdicts) v
  cross join lateral jsonb_to_record(rows -> (v.n - 1)) as r (
    id uuid, agent_session_id text, is_subagent boolean, started_at timestamptz, ended_at timestamptz, rev text, hash text)
  where v.kind = 'session' and v.status = 'accepted'
  on conflict (id) do update set
    seq = excluded.seq, agent_session_id = excluded.agent_session_id, is_subagent = excluded.is_subagent, started_at = excluded.started_at,
    ended_at = excluded.ended_at, rev = excluded.rev, hash = excluded.hash, updated_at = now()
  where e.user_id = owner;
  get diagnostics changed = row_count;
  return changed;
end
$$;

create or replace function cogcommit.store_turns(owner uuid, rows jsonb, verdicts cogcommit.verdict[], next_seq bigint) returns int
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  changed int;
begin
  insert into public.turns as e (
    id, user_id, local_id, session_id, seq, ordinal, role, content, timestamp, model, tool_calls, interrupted, usage, triggers_visual, rev, hash, bytes)
  select v.cid, owner, r.id, v.parent_cid, next_seq, r.ordinal, r.role, r.content, r.timestamp, r.model, r.tool_calls, coalesce(r.interrupted, false),
    case when r.usage is not null then jsonb_strip_nulls(jsonb_build_object(
      'input_tokens', r.usage -> 'input_tokens', 'output_tokens', r.usage -> 'output_tokens',
      'cache_creation_input_tokens', r.usage -> 'cache_creation_input_tokens', 'cache_read_input_tokens', r.usage -> 'cache_read_input_tokens')) end,
    coalesce(r.triggers_visual, false), r.rev, r.hash, v.bytes
  from unnest(verdicts) v
  cross join lateral jsonb_to_record(rows -> (v.n - 1)) as r (
    id uuid, ordinal bigint, role text, content text, timestamp timestamptz, model text, tool_calls jsonb, interrupted boolean, usage jsonb,
    triggers_visual boolean, rev text, hash text)
  where v.kind = 'turn' and v.status = 'accepted'
  on conflict (id) do update set
    session_id = excluded.session_id, seq = excluded.seq, ordinal = excluded.ordinal, role = excluded.role, content = excluded.content,
    timestamp = excluded.timestamp, model = excluded.model, tool_calls = excluded.tool_calls, interrupted = excluded.interrupted,
    usage = excluded.usage, triggers_visual = excluded.triggers_visual, rev = excluded.rev, hash = excluded.hash, bytes = excluded.bytes, updated_at = now()
  where e.user_id = owner;
  get diagnostics changed = row_count;
  return changed;
end
$$;

create or replace function cogcommit.store_visuals(owner uuid, rows jsonb, verdicts cogcommit.verdict[], next_seq bigint) returns int
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  changed int;
begin
  if jsonb_array_length(rows) = 0 then
    return 0;
  end if;
  insert into public.visuals as e (
    id, user_id, local_id, commit_id, seq, turn_id, type, captured_at, caption, content_hash, byte_size, mime, version, updated_at, deleted_at, rev,
    hash, bytes, path)
  select v.cid, owner, r.id, v.commit_cid, next_seq, r.turn_id, r.type, r.captured_at, r.caption, r.content_hash, r.byte_size, r.mime, r.version,
    cogcommit.lowered(rows -> (v.n - 1) ->> 'updated_at'), r.deleted_at, r.rev, r.hash, v.bytes,
    owner || '/' || v.commit_cid || '/' || v.cid || case r.mime
      when 'image/png' then '.png' when 'image/jpeg' then '.jpg' when 'image/gif' then '.gif' when 'image/webp' then '.webp' else '' end
  from unnest(verdicts) v
  cross join lateral jsonb_to_record(rows -> (v.n - 1)) as r (
    id uuid, turn_id uuid, type text, captured_at timestamptz, caption text, content_hash text, byte_size bigint, mime text, version int,
    deleted_at timestamptz, rev text, hash text)
  where v.kind = 'visual' and v.status = 'accepted'
  -- The path is fixed when the row comes: the object lies there, whatever becomes of the row.
  on conflict (id) do update set
    commit_id = excluded.commit_id, seq = excluded.seq, turn_id = excluded.turn_id, type = excluded.type, captured_at = excluded.captured_at,
    caption = excluded.caption, content_hash = excluded.content_hash, byte_size = excluded.byte_size, mime = excluded.mime,
    version = excluded.version, updated_at = excluded.updated_at, deleted_at = excluded.deleted_at, rev = excluded.rev, hash = excluded.hash,
    bytes = excluded.bytes
  where e.user_id = owner;
  get diagnostics changed = row_count;
  return changed;
end
$$;

-- The commits' own sums, by what this push adds and takes.
create or replace function cogcommit.store_sums(owner uuid, verdicts cogcommit.verdict[]) returns void language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  with moves as (
    select v.commit_cid as cid, v.kind, v.bytes, (v.kind = 'turn')::int as turns from unnest(verdicts) v where v.kind in ('turn', 'visual') and v.status = 'accepted'
    union all
    select v.old_commit_cid, v.kind, -v.old_bytes, -(v.kind = 'turn')::int from unnest(verdicts) v
    where v.kind in ('turn', 'visual') and v.status = 'accepted' and v.old_commit_cid is not null
  ), sums as (
    select cid, sum(turns) as turns, coalesce(sum(bytes) filter (where kind = 'turn'), 0) as bytes, coalesce(sum(bytes) filter (where kind = 'visual'), 0) as visual_bytes
    from moves group by cid
  )
  update public.cognitive_commits c
  set stored_turns = c.stored_turns + s.turns, bytes = c.bytes + s.bytes, visual_bytes = c.visual_bytes + s.visual_bytes
  from sums s
  where c.id = s.cid and c.user_id = owner and (s.turns <> 0 or s.bytes <> 0 or s.visual_bytes <> 0);
end
$$;

revoke all on all functions in schema cogcommit from public, anon, authenticated;
