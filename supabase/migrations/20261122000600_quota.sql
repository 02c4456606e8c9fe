-- A commit is admitted or refused whole: what its rows in this batch add is weighed against the room that is left.

-- What the quotas count of these commits as they are now.
create or replace function cogcommit.weigh(owner uuid, cids uuid[], out commits int, out bytes bigint) language sql stable set search_path = pg_catalog, pg_temp as $$
  select count(*) filter (where c.turn_count > 0 or c.stored_turns > 0), coalesce(sum(c.bytes + c.visual_bytes), 0)
  from unnest(cids) i
  cross join lateral (
    select x.turn_count, x.stored_turns, x.bytes, x.visual_bytes, x.deleted_at from public.cognitive_commits x where x.id = i and x.user_id is not distinct from owner limit 1) c
  where c.deleted_at is null
$$;

create or replace function cogcommit.admit(owner uuid, commits jsonb, verdicts cogcommit.verdict[], head public.sync_heads) returns cogcommit.verdict[]
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  quota public.user_quotas;
  used_commits int := head.commits;
  used_bytes bigint := head.bytes;
  need record;
  over_commits uuid[] := '{}';
  over_bytes uuid[] := '{}';
  revived uuid[] := '{}';
begin
  select * into quota from public.user_quotas q where q.user_id = owner;
  for need in
    with deleted as materialized (
      select v.cid from unnest(verdicts) v
      where v.kind = 'curated' and v.status = 'accepted' and not cogcommit.is_absent(commits -> (v.n - 1) -> 'curated' -> 'deleted_at')
    ), rows as (
      select v.commit_cid as cid,
        coalesce(sum(v.bytes) filter (where v.kind in ('turn', 'visual')), 0) as new_bytes,
        coalesce(sum(v.old_bytes) filter (where v.old_commit_cid = v.commit_cid), 0) as old_bytes,
        coalesce(sum(v.old_bytes) filter (where v.old_commit_cid <> v.commit_cid and o.deleted_at is null and d.cid is null), 0) as moved_bytes,
        count(*) filter (where v.kind = 'turn' and v.old_commit_cid is distinct from v.commit_cid) as new_turns,
        max(v.n) filter (where v.kind = 'captured') as captured,
        max(v.n) filter (where v.kind = 'curated') as curated
      from unnest(verdicts) v
      left join lateral (select x.deleted_at from public.cognitive_commits x where x.id = v.old_commit_cid and x.user_id is not distinct from owner limit 1) o on true
      -- What moves out of a commit that this batch deletes is freed by the deletion already.
      left join deleted d on d.cid = v.old_commit_cid
      where v.status = 'accepted'
      group by v.commit_cid
    ), known as (
      select r.*, e.id is null as is_new, e.id is not null and e.deleted_at is null as was_live, coalesce(e.bytes + e.visual_bytes, 0) as held,
        e.turn_count > 0 or e.stored_turns > 0 as had_turns,
        case when r.captured is null then e.turn_count else coalesce((c.j ->> 'turn_count')::int, 0) end > 0 or coalesce(e.stored_turns, 0) + r.new_turns > 0 as has_turns,
        case when r.curated is null then e.deleted_at is null else cogcommit.is_absent(commits -> (r.curated - 1) -> 'curated' -> 'deleted_at') end as is_live,
        case when r.captured is null then e.started_at else (c.j ->> 'started_at')::timestamptz end as started_at,
        -- A new commit that comes in several calls says how large it is, so that it is not begun where it cannot end.
        case when e.id is null then coalesce((c.j ->> 'bytes')::bigint, 0) else 0 end as told_bytes
      from rows r
      left join lateral (select x.* from public.cognitive_commits x where x.id = r.cid and x.user_id is not distinct from owner limit 1) e on true
      left join lateral (select commits -> (r.captured - 1) -> 'captured' as j) c on true
    ), weighed as (
      select k.cid, k.started_at, case when k.is_live then k.told_bytes else 0 end as told_bytes, not k.is_new and not k.was_live and k.is_live as is_revived,
        (k.is_live and k.has_turns)::int - coalesce(k.was_live and k.had_turns, false)::int as new_commits,
        case when k.is_live then k.held + k.new_bytes - k.old_bytes else 0 end - case when k.was_live then k.held else 0 end - k.moved_bytes as new_bytes
      from known k
    )
    select *, new_commits <= 0 and greatest(new_bytes, told_bytes) <= 0 as is_free from weighed
    order by is_free desc, started_at desc, cid
  loop
    if need.new_commits > 0 and used_commits + need.new_commits > quota.commit_limit then
      over_commits := over_commits || need.cid;
    elsif greatest(need.new_bytes, need.told_bytes) > 0 and used_bytes + greatest(need.new_bytes, need.told_bytes) > quota.storage_limit_bytes then
      over_bytes := over_bytes || need.cid;
    else
      used_commits := used_commits + need.new_commits;
      used_bytes := used_bytes + need.new_bytes;
      continue;
    end if;

    if need.is_revived then
      revived := revived || need.cid;
    end if;
  end loop;

  if cardinality(over_commits) + cardinality(over_bytes) = 0 then
    return verdicts;
  end if;

  -- What the user said of a commit that is here already takes no room, unless it brings it back.
  return array(
    select row(v.kind, v.n, v.id, v.cid, v.commit_cid, v.parent_cid,
      case when o.reason is null then v.status else 'over_limit' end, coalesce(o.reason, v.reason),
      v.is_new, v.size, v.bytes, v.old_bytes, v.old_commit_cid)::cogcommit.verdict
    from unnest(verdicts) v
    left join lateral (
      select case when v.commit_cid = any (over_commits) then 'commit_limit' when v.commit_cid = any (over_bytes) then 'storage_limit' end as reason
      where v.status = 'accepted' and (v.kind <> 'curated' or v.is_new or v.commit_cid = any (revived))) o on true);
end
$$;

-- Tombstones older than 30 days lose their content; the empty row stays, so that nobody brings the commit back, and with it where the
-- commit ended, so that what its session said later is no part of it. Some per push: the next one goes on. Gives how many rows it changed.
create or replace function cogcommit.purge(owner uuid, next_seq bigint) returns int language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  due uuid[];
  gone_sessions int;
  gone_turns int;
  visuals int;
begin
  due := array(
    select c.id from public.cognitive_commits c
    where c.user_id = owner and c.deleted_at is not null and not c.purged and coalesce(c.purge_after, c.deleted_at + interval '30 days') < now()
    order by c.deleted_at limit 20);

  update public.visuals v
  set caption = null, content_hash = null, deleted_at = coalesce(v.deleted_at, now()), bytes = 0, seq = next_seq
  where v.user_id = owner and (v.commit_id = any (due)
    or v.deleted_at < now() - interval '30 days' and (v.caption is not null or v.content_hash is not null));
  get diagnostics visuals = row_count;
  if cardinality(due) = 0 then
    return visuals;
  end if;

  select count(distinct s.id), count(t.id) into gone_sessions, gone_turns
  from public.sessions s left join public.turns t on t.session_id = s.id and t.user_id = owner
  where s.commit_id = any (due) and s.user_id = owner;

  -- One that a git commit closed ends where the transcript itself says. An open one ends behind the last turn that is known of it.
  update public.cognitive_commits c
  set purged = true, purge_after = null, seq = next_seq, rev = '', hash = null, project_id = null, project_name = null,
    captured_project = null, project_set = null, branch = null, git_hash = null, git_hashes = null, git_subject = null,
    agent_session_id = case when ending.turn is not null then c.agent_session_id end, closed_after = ending.turn,
    files_read = null, files_changed = null, derived_title = null, title = null, turn_count = 0, prompt_count = 0, stored_turns = 0,
    bytes = 0, visual_bytes = 0, parallel = false
  from (
    select e.id, case e.closed_by when 'explicit' then e.closed_after when 'session_end' then (
        select t.local_id::text from public.sessions s join public.turns t on t.session_id = s.id and t.user_id = owner
        where s.commit_id = e.id and s.user_id = owner and not s.is_subagent order by t.ordinal desc, t.local_id limit 1) end as turn
    from public.cognitive_commits e where e.id = any (due) and e.user_id = owner) ending
  where c.id = ending.id and c.user_id = owner;
  delete from public.sessions s where s.commit_id = any (due) and s.user_id = owner;

  update public.sync_heads h set session_rows = h.session_rows - gone_sessions, turn_rows = h.turn_rows - gone_turns where h.user_id = owner;
  return visuals + cardinality(due);
end
$$;

-- A picture's size is what Storage measured, not what the device said. The row comes before its object, so this looks again, once a day.
-- (Not `owner`, as elsewhere: storage.objects has a column of that name.)
create or replace function cogcommit.weigh_objects(of_user uuid) returns void language sql set search_path = pg_catalog, pg_temp as $$
  with larger as (
    select v.id, v.commit_id, (o.metadata ->> 'size')::bigint as size, (o.metadata ->> 'size')::bigint - v.bytes as more
    from public.visuals v join storage.objects o on o.bucket_id = 'visuals' and o.name = v.path
    where v.user_id = of_user and v.deleted_at is null and cogcommit.is_int(o.metadata -> 'size', v.bytes + 1, 1000000000000)
  ), seen as (
    update public.visuals v set bytes = l.size from larger l where v.id = l.id and v.user_id = of_user
  ), sums as (
    select commit_id, sum(more) as more from larger group by commit_id
  ), commits as (
    update public.cognitive_commits c set visual_bytes = c.visual_bytes + s.more from sums s where c.id = s.commit_id and c.user_id = of_user
    returning case when c.deleted_at is null then s.more else 0 end as more
  )
  update public.sync_heads h set weighed_at = now(), bytes = h.bytes + (select coalesce(sum(more), 0) from commits) where h.user_id = of_user
$$;

create index if not exists visuals_to_purge on public.visuals (user_id, deleted_at) where deleted_at is not null and (caption is not null or content_hash is not null);

revoke all on all functions in schema cogcommit from public, anon, authenticated;
