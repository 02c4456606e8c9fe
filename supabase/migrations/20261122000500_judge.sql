-- What a push may do with each row of its batch, decided for all rows of a kind at once and before anything is written.
-- (What is there already is taken row by row by its id, by lateral joins with a limit: left to itself the planner takes users for as large as
-- they are on average, and reads all of one's commits for a batch of one. Whose it is must not be a way to it either, hence no `=`, which
-- an index answers: where the tables have no statistics yet, as while a history is pushed for the first time, all ways look alike.)

do $$
begin
  create type cogcommit.verdict as (
    kind text,            -- captured, curated (the halves of a commit), session, turn, visual
    n int,                -- place in its array of the batch
    id text,              -- as sent
    cid uuid,             -- the cloud's id
    commit_cid uuid,      -- of the commit it belongs to
    parent_cid uuid,      -- of a turn: its session
    status text,
    reason text,
    is_new boolean,
    size int,             -- as it travels
    bytes bigint,         -- what the quota counts of it
    old_bytes bigint,     -- what it counts now
    old_commit_cid uuid   -- where it counts now
  );
exception when duplicate_object then null;
end
$$;

-- Whether an id may stand twice among rows; too often yes, never wrongly no. It looks at the ids alone: to unfold the rows is to copy them.
create or replace function cogcommit.may_repeat(rows jsonb) returns boolean language sql immutable as $$
  select exists (select from jsonb_array_elements(jsonb_path_query_array(rows, 'lax $[*].id')) as i (id) group by i.id having count(*) > 1)
$$;

-- A batch's rows with their place (but for turns: judge_turns); a second row with the same id is its own mistake. (Not by a window over the rows: it would carry each
-- of them, however long, through a sort.)
create or replace function cogcommit.rows_of(rows jsonb) returns table (n int, j jsonb, id text, twice boolean) language sql immutable as $$
  select r.n::int, r.j, left(r.j ->> 'id', 100), coalesce(r.n > f.n, false)
  from jsonb_array_elements(rows) with ordinality as r (j, n)
  left join (
    select e.j -> 'id' as id, min(e.n) as n
    from jsonb_array_elements(case when cogcommit.may_repeat(rows) then rows else '[]' end) with ordinality as e (j, n) group by 1) f on f.id = r.j -> 'id'
$$;

-- The cloud's id of a local id in a row; null where that is none.
create or replace function cogcommit.cid_of(owner uuid, id jsonb) returns uuid language sql immutable as $$
  select case when cogcommit.is_uuid(id) then cogcommit.cloud_id(owner, (id #>> '{}')::uuid) end
$$;

-- Not later than five minutes from now: a device whose clock runs ahead must not win for ever.
create or replace function cogcommit.lowered(updated_at text) returns timestamptz language sql stable as $$
  select least(updated_at::timestamptz, now() + interval '5 minutes')
$$;

-- room: how many new commits there may still be, whatever the quota says.
create or replace function cogcommit.judge_commits(owner uuid, rows jsonb, room int) returns setof cogcommit.verdict
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  return query
  with told as materialized (
    select r.n, r.id, r.j, cogcommit.cid_of(owner, r.j -> 'id') as cid,
      coalesce(jsonb_typeof(r.j -> 'captured'), 'null') <> 'null' as has_captured,
      coalesce(jsonb_typeof(r.j -> 'curated'), 'null') <> 'null' as has_curated,
      case
        when jsonb_typeof(r.j) <> 'object' then 'the commit is no object'
        when not cogcommit.is_uuid(r.j -> 'id') then 'id'
        when r.twice then 'this id stands twice in the batch'
      end as problem
    from cogcommit.rows_of(rows) r
  ), checked as materialized (
    select t.*,
      coalesce(t.problem, case when t.has_captured then cogcommit.captured_problem(t.j -> 'captured') end) as captured_problem,
      coalesce(t.problem, case when t.has_curated then coalesce(cogcommit.curated_problem(t.j -> 'curated'),
        case when not cogcommit.is_text_or_absent(t.j -> 'curated_base', 200) then 'curated_base' end) end) as curated_problem
    from told t
  ), met as materialized (
    select c.*, e.id is null as is_new, e.purged, e.rev as old_rev, e.hash as old_hash, e.parallel as old_parallel,
      e.captured_project as old_project, (select k.machine_id from public.machines k where k.id = e.origin_machine_id and k.user_id = owner) as old_machine,
      e.version as old_version, e.updated_at as old_updated_at, e.curated_hash as old_curated_hash,
      sum(case when e.id is null and c.has_captured and c.captured_problem is null then 1 else 0 end) over (order by c.n) as news
    from checked c left join lateral (select x.* from public.cognitive_commits x where x.id = c.cid and x.user_id is not distinct from owner limit 1) e on true
  ), captured as (
    select m.*, case
        when m.problem is not null then 'refused'
        when not m.has_captured then null
        when m.captured_problem is not null then 'refused'
        when m.purged then 'lost'
        when m.is_new then case when m.news > room then 'refused' else 'accepted' end
        when ((j -> 'captured' ->> 'rev') collate "C", (j -> 'captured' ->> 'hash') collate "C") > (m.old_rev, m.old_hash) then 'accepted'
        when ((j -> 'captured' ->> 'rev') collate "C", (j -> 'captured' ->> 'hash') collate "C") < (m.old_rev, m.old_hash) then 'lost'
        when (j -> 'captured' ->> 'parallel')::boolean and not m.old_parallel then 'accepted'
        -- The same row, and the cloud's project, machine and mark count: whoever says otherwise is told.
        when (j -> 'captured' ->> 'project') is distinct from m.old_project or (j -> 'captured' ->> 'machine_id') is distinct from m.old_machine
          or coalesce((j -> 'captured' ->> 'parallel')::boolean, false) is distinct from m.old_parallel then 'lost'
        else 'unchanged'
      end as status
    from met m
  )
  select 'captured', n, id, cid, cid, null::uuid, status,
    case when status = 'refused' then coalesce(captured_problem, 'there are too many commits, counting deleted and empty ones') when status = 'lost' and purged then 'purged' end,
    is_new, octet_length(j::text), null::bigint, null::bigint, null::uuid
  from captured where has_captured or (problem is not null and not has_curated)
  union all
  select 'curated', n, id, cid, cid, null::uuid, case
      when curated_problem is not null then 'refused'
      when purged then 'lost'
      when is_new then case when status = 'accepted' then 'accepted' else 'parent_missing' end
      when old_curated_hash is null then 'accepted'
      -- A device that names what it knows of here, and does not know this, is told of it before it may overwrite it.
      when j ->> 'curated_base' <> old_curated_hash and same.hash <> old_curated_hash then 'lost'
      when same.version <> old_version then case when same.version > old_version then 'accepted' else 'lost' end
      -- One that was lowered when it came is lowered to something later when it comes again; it is the same one still.
      when same.hash = old_curated_hash and (same.updated_at = old_updated_at or same.told_at > same.updated_at) then 'unchanged'
      when same.updated_at <> old_updated_at then case when same.updated_at > old_updated_at then 'accepted' else 'lost' end
      when same.hash > old_curated_hash then 'accepted'
      else 'lost'
    end, case when curated_problem is not null then curated_problem when purged then 'purged' end,
    is_new, octet_length(j::text), null::bigint, null::bigint, null::uuid
  from captured
  left join lateral (
    -- Each cast in a case of its own: a where beside it does not keep the planner from casting what was refused.
    select case when curated_problem is null then (j -> 'curated' ->> 'version')::int end as version,
      case when curated_problem is null then cogcommit.lowered(j -> 'curated' ->> 'updated_at') end as updated_at,
      case when curated_problem is null then (j -> 'curated' ->> 'updated_at')::timestamptz end as told_at,
      (j -> 'curated' ->> 'hash') collate "C" as hash) same on true
  where has_curated;
end
$$;

create or replace function cogcommit.judge_sessions(owner uuid, rows jsonb, commits cogcommit.verdict[], room int) returns setof cogcommit.verdict
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  return query
  with told as materialized (
    select r.n, r.id, r.j, cogcommit.cid_of(owner, r.j -> 'id') as cid, cogcommit.cid_of(owner, r.j -> 'commit_id') as commit_cid,
      case when r.twice and cogcommit.is_uuid(r.j -> 'id') then 'this id stands twice in the batch' else cogcommit.session_problem(r.j) end as problem
    from cogcommit.rows_of(rows) r
  ), met as materialized (
    select t.*, e.id is null as is_new, e.commit_id as old_commit, e.rev as old_rev, e.hash as old_hash, p.purged,
      p.id is not null or c.cid is not null as has_parent
    from told t
    left join unnest(commits) c on c.kind = 'captured' and c.cid = t.commit_cid and c.is_new and c.status = 'accepted'
    left join lateral (select x.id, x.purged from public.cognitive_commits x where x.id = t.commit_cid and x.user_id is not distinct from owner limit 1) p on true
    left join lateral (select x.* from public.sessions x where x.id = t.cid and x.user_id is not distinct from owner limit 1) e on true
  ), ranked as (
    select m.*, sum(case when is_new and has_parent and problem is null then 1 else 0 end) over (order by n) as news from met m
  ), judged as (
    select r.*, case
        when problem is not null then 'refused'
        when not has_parent then 'parent_missing'
        when purged then 'lost'
        when is_new then case when news > room then 'refused' else 'accepted' end
        when old_commit <> commit_cid then 'refused'
        when ((j ->> 'rev') collate "C", (j ->> 'hash') collate "C") > (old_rev, old_hash) then 'accepted'
        when ((j ->> 'rev') collate "C", (j ->> 'hash') collate "C") < (old_rev, old_hash) then 'lost'
        else 'unchanged'
      end as status
    from ranked r
  )
  select 'session', n, id, cid, commit_cid, commit_cid, status,
    case
      when status = 'refused' then coalesce(problem, case when is_new then 'there are too many sessions' else 'the session belongs to another commit' end)
      when status = 'lost' and purged then 'purged'
    end,
    is_new, octet_length(j::text), null::bigint, null::bigint, null::uuid
  from judged;
end
$$;

create or replace function cogcommit.judge_turns(owner uuid, rows jsonb, sessions cogcommit.verdict[], room int) returns setof cogcommit.verdict
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  return query
  with fields as materialized (
    select r.n::int, f.id, jsonb_typeof(r.j) as row_type, cogcommit.cid_of(owner, f.id) as cid, f.session_id, f.ordinal, f.role, f.content, f.timestamp,
      f.model, f.tool_calls, f.interrupted, f.usage, f.triggers_visual, f.rev, f.hash
    from jsonb_array_elements(rows) with ordinality as r (j, n)
    left join lateral jsonb_to_record(case when jsonb_typeof(r.j) = 'object' then r.j end) as f (
      id jsonb, session_id jsonb, ordinal jsonb, role jsonb, content jsonb, timestamp jsonb, model jsonb, tool_calls jsonb, interrupted jsonb,
      usage jsonb, triggers_visual jsonb, rev jsonb, hash jsonb) on true
  ), parents as materialized (
    -- Few, and each a hash and a look.
    select i.session_id, i.cid, coalesce(p.commit_id, s.commit_cid) as commit_cid, s.reason = 'purged' as purged
    from (select d.session_id, cogcommit.cid_of(owner, d.session_id) as cid from (select distinct f.session_id from fields f) d) i
    left join lateral (select x.commit_id from public.sessions x where x.id = i.cid and x.user_id is not distinct from owner limit 1) p on true
    left join unnest(sessions) s on s.cid = i.cid and (s.status = 'accepted' and s.is_new or s.reason = 'purged')
  ), repeated as (
    -- (By the cloud's id, which is there already: what is no id repeats nothing.)
    select f.cid, min(f.n) as n from fields f where f.cid is not null group by f.cid having count(*) > 1
  ), told as materialized (
    select f.n, left(f.id #>> '{}', 100) as id, f.cid, p.cid as session_cid, p.commit_cid, p.purged,
      case when f.n > d.n then 'this id stands twice in the batch' else cogcommit.turn_problem(
        f.row_type, f.cid is not null, p.cid is not null, f.ordinal, f.role, f.content, f.timestamp, f.model, f.tool_calls, f.interrupted, f.usage,
        f.triggers_visual, f.rev, f.hash)
      end as problem,
      (f.rev #>> '{}') collate "C" as rev, (f.hash #>> '{}') collate "C" as hash,
      coalesce(octet_length(f.content #>> '{}'), 0) as text_bytes, coalesce(octet_length(f.content::text), 0) as printed_bytes,
      coalesce(octet_length(f.tool_calls::text), 0) as call_bytes
    from fields f left join parents p on p.session_id = f.session_id left join repeated d on d.cid = f.cid
  ), met as materialized (
    select t.*, e.id is null as is_new, e.rev as old_rev, e.hash as old_hash, e.bytes as old_bytes, o.commit_id as old_commit
    from told t
    left join lateral (select x.id, x.rev, x.hash, x.bytes, x.session_id from public.turns x where x.id = t.cid and x.user_id is not distinct from owner limit 1) e on true
    left join lateral (select x.commit_id from public.sessions x where x.id = e.session_id and x.user_id is not distinct from owner limit 1) o on true
  ), ranked as (
    select m.*, sum(case when is_new and commit_cid is not null and problem is null then 1 else 0 end) over (order by n) as news from met m
  ), judged as (
    select r.*, case
        when problem is not null then 'refused'
        when commit_cid is null then 'parent_missing'
        when purged then 'lost'
        when is_new then case when news > room then 'refused' else 'accepted' end
        when (rev, hash) > (old_rev, old_hash) then 'accepted'
        when (rev, hash) < (old_rev, old_hash) then 'lost'
        else 'unchanged'
      end as status
    from ranked r
  )
  select 'turn', n, id, cid, commit_cid, session_cid, status,
    case when status = 'refused' then coalesce(problem, 'there are too many turns') when status = 'lost' and purged then 'purged' end,
    -- All but text and calls is about as long in every turn.
    is_new, printed_bytes + call_bytes + 400,
    case when status = 'accepted' then (text_bytes + call_bytes)::bigint end,
    coalesce(old_bytes, 0), old_commit
  from judged;
end
$$;

-- Visuals are captured and curated in one: the greater (version, rev, updated_at, hash) wins.
create or replace function cogcommit.judge_visuals(owner uuid, rows jsonb, commits cogcommit.verdict[], room int) returns setof cogcommit.verdict
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  -- Most batches have none.
  if jsonb_array_length(rows) = 0 then
    return;
  end if;
  return query
  with told as materialized (
    select r.n, r.id, r.j, cogcommit.cid_of(owner, r.j -> 'id') as cid, cogcommit.cid_of(owner, r.j -> 'commit_id') as commit_cid,
      case when r.twice and cogcommit.is_uuid(r.j -> 'id') then 'this id stands twice in the batch' else cogcommit.visual_problem(r.j) end as problem
    from cogcommit.rows_of(rows) r
  ), met as materialized (
    select t.*, e.id is null as is_new, e.commit_id as old_commit, e.bytes as old_bytes, p.purged,
      e.version as old_version, e.rev as old_rev, e.updated_at as old_updated_at, e.hash as old_hash,
      p.id is not null or c.cid is not null as has_parent
    from told t
    left join unnest(commits) c on c.kind = 'captured' and c.cid = t.commit_cid and c.is_new and c.status = 'accepted'
    left join lateral (select x.id, x.purged from public.cognitive_commits x where x.id = t.commit_cid and x.user_id is not distinct from owner limit 1) p on true
    left join lateral (select x.* from public.visuals x where x.id = t.cid and x.user_id is not distinct from owner limit 1) e on true
  ), ranked as (
    select m.*, sum(case when is_new and has_parent and problem is null then 1 else 0 end) over (order by n) as news from met m
  ), judged as (
    select r.*, case
        when problem is not null then 'refused'
        when not has_parent then 'parent_missing'
        when purged then 'lost'
        when is_new then case when news > room then 'refused' else 'accepted' end
        when same.version <> old_version then case when same.version > old_version then 'accepted' else 'lost' end
        when same.rev <> old_rev then case when same.rev > old_rev then 'accepted' else 'lost' end
        when same.hash = old_hash and (same.updated_at = old_updated_at or same.told_at > same.updated_at) then 'unchanged'
        when same.updated_at <> old_updated_at then case when same.updated_at > old_updated_at then 'accepted' else 'lost' end
        when same.hash > old_hash then 'accepted'
        else 'lost'
      end as status
    from ranked r
    left join lateral (
      select case when problem is null then (j ->> 'version')::int end as version, (j ->> 'rev') collate "C" as rev,
        case when problem is null then cogcommit.lowered(j ->> 'updated_at') end as updated_at,
        case when problem is null then (j ->> 'updated_at')::timestamptz end as told_at, (j ->> 'hash') collate "C" as hash) same on true
  )
  select 'visual', n, id, cid, commit_cid, commit_cid, status,
    case when status = 'refused' then coalesce(problem, 'there are too many visuals') when status = 'lost' and purged then 'purged' end,
    is_new, octet_length(j::text),
    case when status = 'accepted' then case when cogcommit.is_absent(j -> 'deleted_at') then greatest((j ->> 'byte_size')::bigint, old_bytes) else 0 end end,
    coalesce(old_bytes, 0), old_commit
  from judged;
end
$$;

revoke all on all functions in schema cogcommit from public, anon, authenticated;
