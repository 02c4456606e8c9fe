-- cogcommit_pull and cogcommit_digest: reading, as the caller, in one snapshot (docs/sync-protocol.md).

-- What a page costs is what is in it: whatever its rows hang on is looked up by id, one by one (lateral, with a limit, for the planner takes
-- users for as large as they are on average), never found by looking through the user's history.
create or replace function public.cogcommit_pull(cursor jsonb, max_bytes int default 1048576) returns json
language plpgsql stable security invoker set search_path = pg_catalog, pg_temp as $$
declare
  owner constant uuid := auth.uid();
  most constant bigint := least(max_bytes, 16777216);
  head public.sync_heads;
  push record;
  low bigint := 0;
  high bigint;
  high_push uuid;
  size bigint := 0;
  answer jsonb;
  session_ids uuid[];
  commit_ids uuid[];
  machine_ids uuid[];
  project_names text[];
begin
  if owner is null then
    raise exception using errcode = '42501', message = 'Nobody is signed in.';
  end if;

  select * into head from public.sync_heads h where h.user_id = owner;
  answer := jsonb_build_object('protocol', 1, 'now', cogcommit.wire_time(now()), 'quota', cogcommit.wire_quota(owner),
    'wiped_at', cogcommit.wire_time(head.wiped_at), 'wiped', false, 'known', true, 'cursor', null, 'more', false,
    'projects', '[]'::jsonb, 'machines', '[]'::jsonb, 'commits', '[]'::jsonb, 'sessions', '[]'::jsonb, 'turns', '[]'::jsonb, 'visuals', '[]'::jsonb);
  if not cogcommit.is_absent(cursor) then
    if jsonb_typeof(cursor) <> 'object' or not cogcommit.is_int(cursor -> 'seq', 0, 999999999999999999) then
      raise exception using errcode = '22023', message = 'The cursor is neither null nor {seq, push_id}.';
    end if;
    low := (cursor ->> 'seq')::bigint;
    select p.push_id into high_push from public.sync_pushes p
    where p.user_id = owner and p.seq = low and cogcommit.is_uuid(cursor -> 'push_id') and p.push_id::text = cursor ->> 'push_id';
    if not found then
      return answer || jsonb_build_object('wiped', cogcommit.missed_wipe(low, head), 'known', false);
    end if;
  end if;

  -- Whole pushes, as many as fit, the first in any case. One by one: asked for many, PostgreSQL may sort all that there are.
  high := low;
  for place in 1 .. 2000 loop
    select p.seq, p.push_id, p.bytes into push from public.sync_pushes p where p.user_id = owner and p.seq > high order by p.seq limit 1;
    exit when not found;
    size := size + push.bytes;
    exit when place > 1 and size > most;
    high := push.seq;
    high_push := push.push_id;
  end loop;
  if high_push is not null then
    answer := answer || jsonb_build_object('cursor', jsonb_build_object('seq', high, 'push_id', high_push));
  end if;
  if high = low then
    return answer;
  end if;

  session_ids := array(
    select t.session_id from public.turns t where t.user_id = owner and t.seq > low and t.seq <= high
    union
    select s.id from public.sessions s where s.user_id = owner and s.seq > low and s.seq <= high);
  commit_ids := array(
    select s.commit_id from unnest(session_ids) i
    cross join lateral (select x.commit_id from public.sessions x where x.id = i and x.user_id is not distinct from owner limit 1) s
    union
    select v.commit_id from public.visuals v where v.user_id = owner and v.seq > low and v.seq <= high
    union
    select c.id from public.cognitive_commits c where c.user_id = owner and c.seq > low and c.seq <= high);
  select array_agg(distinct c.origin_machine_id), array_agg(distinct n.name) into machine_ids, project_names
  from unnest(commit_ids) i
  cross join lateral (
    select x.origin_machine_id, x.captured_project, x.project_set from public.cognitive_commits x where x.id = i and x.user_id is not distinct from owner limit 1) c
  cross join lateral (values (c.captured_project), (c.project_set)) n (name);

  return json_build_object(
    'protocol', answer -> 'protocol', 'now', answer -> 'now', 'quota', answer -> 'quota', 'wiped_at', answer -> 'wiped_at', 'wiped', false,
    'known', true, 'more', exists (select from public.sync_pushes p where p.user_id = owner and p.seq > high), 'cursor', answer -> 'cursor',
    'turns', (
      select coalesce(json_agg(cogcommit.wire_turn(t, s.local_id) order by t.ordinal), '[]')
      from public.turns t cross join lateral (select x.local_id from public.sessions x where x.id = t.session_id and x.user_id is not distinct from owner limit 1) s
      where t.user_id = owner and t.seq > low and t.seq <= high),
    'sessions', (
      select coalesce(jsonb_agg(cogcommit.wire_session(s.r, c.local_id)), '[]')
      from unnest(session_ids) i
      cross join lateral (select x as r, x.commit_id from public.sessions x where x.id = i and x.user_id is not distinct from owner limit 1) s
      cross join lateral (select x.local_id from public.cognitive_commits x where x.id = s.commit_id and x.user_id is not distinct from owner limit 1) c),
    'visuals', (
      select coalesce(jsonb_agg(cogcommit.wire_visual(v, c.local_id)), '[]')
      from public.visuals v cross join lateral (select x.local_id from public.cognitive_commits x where x.id = v.commit_id and x.user_id is not distinct from owner limit 1) c
      where v.user_id = owner and v.seq > low and v.seq <= high),
    'commits', (
      select coalesce(jsonb_agg(cogcommit.wire_commit(c.r, m.machine_id)), '[]')
      from unnest(commit_ids) i
      cross join lateral (select x as r, x.origin_machine_id from public.cognitive_commits x where x.id = i and x.user_id is not distinct from owner limit 1) c
      left join lateral (select x.machine_id from public.machines x where x.id = c.origin_machine_id and x.user_id is not distinct from owner limit 1) m on true),
    'projects', (
      select coalesce(jsonb_agg(jsonb_build_object('name', p.name, 'remote_url', p.remote_url)), '[]') from (
        select r.name, r.remote_url from public.projects r where r.user_id = owner and r.seq > low and r.seq <= high
        union
        select r.name, r.remote_url from public.projects r where r.user_id = owner and r.name = any (project_names)) p),
    'machines', (
      select coalesce(jsonb_agg(jsonb_build_object('machine_id', m.machine_id, 'name', m.name)), '[]') from (
        select r.machine_id, r.name from public.machines r where r.user_id = owner and r.seq > low and r.seq <= high
        union
        select r.machine_id, r.name from public.machines r where r.user_id = owner and r.id = any (machine_ids)) m));
end
$$;

create or replace function public.cogcommit_digest(after text default null, max_rows int default 1000) returns jsonb
language plpgsql stable security invoker set search_path = pg_catalog, pg_temp as $$
declare
  owner constant uuid := auth.uid();
  most constant int := least(greatest(coalesce(max_rows, 1000), 1), 1000);
begin
  if owner is null then
    raise exception using errcode = '42501', message = 'Nobody is signed in.';
  end if;
  if after is not null and not cogcommit.is_uuid(to_jsonb(after)) then
    raise exception using errcode = '22023', message = 'after is neither null nor a lower-case UUID.';
  end if;

  return (
    -- What lost its last turn to another session stays here as an empty row, and is nothing that a device has.
    with page as materialized (
      select c.id, c.local_id, c.hash, c.curated_hash, row_number() over (order by c.local_id) as place
      from public.cognitive_commits c
      where c.user_id = owner and c.deleted_at is null and c.stored_turns > 0 and (after is null or c.local_id > after::uuid)
      order by c.local_id limit most + 1
    ), lines as (
      select p.id, 'commit:' || p.local_id || ':' || p.hash as line from page p
      union all
      select p.id, 'curated:' || p.local_id || ':' || p.curated_hash from page p where p.curated_hash is not null
      union all
      select p.id, 'session:' || s.local_id || ':' || s.hash from page p join public.sessions s on s.commit_id = p.id and s.user_id = owner
      where exists (select from public.turns t where t.session_id = s.id and t.user_id = owner)
      union all
      select p.id, 'turn:' || t.local_id || ':' || t.hash
      from page p join public.sessions s on s.commit_id = p.id and s.user_id = owner join public.turns t on t.session_id = s.id and t.user_id = owner
      union all
      select p.id, 'visual:' || v.local_id || ':' || v.hash
      from page p join public.visuals v on v.commit_id = p.id and v.user_id = owner where v.deleted_at is null
    ), digests as (
      select l.id, md5(string_agg(l.line, E'\n' order by l.line collate "C")) as digest, count(*) as rows from lines l group by l.id
    )
    select jsonb_build_object('protocol', 1, 'more', exists (select from page where place > most), 'commits',
      coalesce(jsonb_agg(jsonb_build_object('id', p.local_id, 'digest', d.digest, 'rows', d.rows) order by p.local_id), '[]'))
    from page p join digests d on d.id = p.id
    where p.place <= most);
end
$$;

revoke all on function public.cogcommit_pull(jsonb, int) from public, anon, authenticated;
revoke all on function public.cogcommit_digest(text, int) from public, anon, authenticated;
grant execute on function public.cogcommit_pull(jsonb, int), public.cogcommit_digest(text, int) to authenticated;

-- These two are invokers' functions: what they call must be the caller's to call. It only reads and formats.
grant execute on function cogcommit.wire_time(timestamptz), cogcommit.wire_commit(public.cognitive_commits, text), cogcommit.wire_session(public.sessions, uuid),
  cogcommit.wire_turn(public.turns, uuid), cogcommit.wire_visual(public.visuals, uuid), cogcommit.wire_quota(uuid) to authenticated;
grant execute on function cogcommit.is_uuid(jsonb), cogcommit.is_int(jsonb, bigint, bigint), cogcommit.is_absent(jsonb) to authenticated;
