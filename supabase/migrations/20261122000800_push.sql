-- cogcommit_push: one device's rows, merged into the user's in one transaction (docs/sync-protocol.md).

-- Whether numbers alone print longer than this. 9e131071 and 0e-16383 are short as they come and as jsonb keeps them, and a hundred thousand
-- digits as text: so they are looked at one by one, and no further than it takes to know.
create or replace function cogcommit.numbers_print_beyond(batch jsonb, most int) returns boolean language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
declare
  number jsonb;
  size bigint := 0;
begin
  -- (As an array: the set that jsonb_path_query returns takes the square of its length. Within exists: what is no number is then asked once for its abs().)
  for number in
    select * from jsonb_array_elements(jsonb_path_query_array(
      batch, 'strict $.** ? (exists (@.abs() ? (@ > 1e30 || @ < 1e-30)))'))
  loop
    size := size + octet_length(number::text);
    if size > most then
      return true;
    end if;
  end loop;
  return false;
end
$$;

-- How many bytes the rows of a batch may print: 1 MB and half as much again, for jsonb prints brackets and spaces of its own; one row of 4 MB.
create or replace function cogcommit.most_bytes(amount int) returns int language sql immutable as $$
  select case when amount <= 1 then 6291456 else 1572864 end
$$;

create or replace function cogcommit.refuse_size(amount int, size text) returns void language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  raise exception using errcode = 'PT413', message = format('The batch has %s rows and %s bytes.', amount, size),
    hint = 'Send at most 2000 rows and 1 MB, or one row of up to 4 MB.';
end
$$;

-- The batch as a whole; a wrong one is the caller's mistake and raises. What it takes as jsonb bounds the walk over its numbers, and both bound
-- what is printed while its rows are judged: no batch of a few KB costs the server a GB. What they print is known after that (check_size).
create or replace function cogcommit.check_batch(batch jsonb) returns jsonb language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  name text;
  missing jsonb := '{}';
  amount int := 0;
  most int;
begin
  if batch is null or jsonb_typeof(batch) <> 'object' then
    raise exception using errcode = '22023', message = 'The batch is no JSON object.';
  end if;
  if batch -> 'protocol' is distinct from '1' then
    raise exception using errcode = '22023', message = 'This cloud speaks sync protocol 1.',
      hint = 'Update the module, or the migrations of the cloud, whichever is older.';
  end if;
  if not cogcommit.is_uuid(batch -> 'push_id') then
    raise exception using errcode = '22023', message = 'push_id is no lower-case UUID.';
  end if;
  foreach name in array array['machines', 'projects', 'commits', 'sessions', 'turns', 'visuals'] loop
    if cogcommit.is_absent(batch -> name) then
      missing := missing || jsonb_build_object(name, '[]'::jsonb);
      continue;
    elsif jsonb_typeof(batch -> name) <> 'array' then
      raise exception using errcode = '22023', message = format('%s is no array.', name);
    end if;
    amount := amount + jsonb_array_length(batch -> name);
  end loop;
  most := cogcommit.most_bytes(amount);
  if amount > 2000 or pg_column_size(batch) > 2 * most or cogcommit.numbers_print_beyond(batch, most) then
    perform cogcommit.refuse_size(amount, 'too many');
  end if;
  return batch || missing;
end
$$;

-- What rows take as they travel, each as it was measured when it was judged: of a turn its text and calls, and what all else is about as long as.
-- A commit counts once, whichever half it is.
create or replace function cogcommit.size_of(verdicts cogcommit.verdict[], only_status text) returns bigint
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  return (
    select coalesce(sum(size), 0)
    from (
      select max(v.size) as size from unnest(verdicts) v where only_status is null or v.status = only_status
      group by case when v.kind = 'curated' then 'captured' else v.kind end, v.n) sizes);
end
$$;

create or replace function cogcommit.check_size(amount int, verdicts cogcommit.verdict[]) returns void
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  size constant bigint := cogcommit.size_of(verdicts, null);
begin
  if size > cogcommit.most_bytes(amount) then
    perform cogcommit.refuse_size(amount, size::text);
  end if;
end
$$;

-- The user's head, locked: from here to the end of the transaction no other push of this user runs.
create or replace function cogcommit.lock_head(owner uuid) returns public.sync_heads language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  head public.sync_heads;
  claims jsonb := coalesce(auth.jwt() -> 'user_metadata', '{}');
  name text;
  provider_id text;
begin
  select * into head from public.sync_heads h where h.user_id = owner for update;
  if found then
    return head;
  end if;

  name := coalesce(claims ->> 'user_name', claims ->> 'preferred_username', '');
  provider_id := coalesce(claims ->> 'provider_id', claims ->> 'sub', '');
  insert into public.user_profiles (id, github_username, github_id) values (owner, left(name, 300), left(provider_id, 300)) on conflict (id) do nothing;
  insert into public.user_quotas (user_id) values (owner) on conflict (user_id) do nothing;
  insert into public.sync_heads (user_id) values (owner) on conflict (user_id) do nothing;
  select * into strict head from public.sync_heads h where h.user_id = owner for update;
  return head;
exception when foreign_key_violation then
  raise exception using errcode = '42501', message = 'The user of this token is gone.', hint = 'Sign in again.';
end
$$;

create or replace function cogcommit.results(owner uuid, verdicts cogcommit.verdict[], kind text) returns jsonb language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  return (
    select coalesce(jsonb_agg(case
      when v.kind = 'visual' and v.status in ('accepted', 'unchanged', 'lost') then jsonb_build_object(
        'id', v.id, 'status', v.status, 'reason', v.reason, 'path', (select p.path from public.visuals p where p.id = v.cid and p.user_id = owner))
      else jsonb_build_object('id', v.id, 'status', v.status, 'reason', v.reason) end order by v.n), '[]')
    from unnest(verdicts) v where v.kind = results.kind);
end
$$;

create or replace function cogcommit.commit_results(owner uuid, verdicts cogcommit.verdict[], rows jsonb) returns jsonb language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  return (
    select coalesce(jsonb_agg(jsonb_build_object(
      'id', left(r.j ->> 'id', 100), 'captured', c.status, 'curated', u.status,
      'reason', case when c.status not in ('accepted', 'unchanged') then coalesce(c.reason, u.reason) else coalesce(u.reason, c.reason) end,
      -- The time to which an edit was lowered, now or when it came first: its device takes it over.
      'updated_at', case when u.status in ('accepted', 'unchanged') and (r.j -> 'curated' ->> 'updated_at')::timestamptz > now() + interval '5 minutes' then
        (select cogcommit.wire_time(e.updated_at) from public.cognitive_commits e where e.id = u.cid and e.user_id = owner) end) order by r.n), '[]')
    from jsonb_array_elements(rows) with ordinality as r (j, n)
    left join unnest(verdicts) c on c.kind = 'captured' and c.n = r.n
    left join unnest(verdicts) u on u.kind = 'curated' and u.n = r.n);
end
$$;

-- The cloud's row for every row that lost, the purged commit for every row that lost to that, and what this very push purged: the device
-- moves its cursor past it, so it would never hear of it otherwise.
create or replace function cogcommit.winners(owner uuid, verdicts cogcommit.verdict[], this_seq bigint) returns jsonb language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  return (
    select jsonb_build_object(
      'commits', (
        select coalesce(jsonb_agg(cogcommit.wire_commit(c.r, m.machine_id)), '[]')
        from (
          select v.commit_cid as cid from unnest(verdicts) v where v.status = 'lost' and (v.kind in ('captured', 'curated') or v.reason = 'purged')
          union
          select p.id from public.cognitive_commits p where p.user_id = owner and p.seq = this_seq and p.purged) w
        cross join lateral (select x as r, x.origin_machine_id from public.cognitive_commits x where x.id = w.cid and x.user_id is not distinct from owner limit 1) c
        left join lateral (select x.machine_id from public.machines x where x.id = c.origin_machine_id and x.user_id is not distinct from owner limit 1) m on true),
      'sessions', (
        select coalesce(jsonb_agg(cogcommit.wire_session(s.r, c.local_id)), '[]')
        from unnest(verdicts) v
        cross join lateral (select x as r, x.commit_id from public.sessions x where x.id = v.cid and x.user_id is not distinct from owner limit 1) s
        cross join lateral (select x.local_id from public.cognitive_commits x where x.id = s.commit_id and x.user_id is not distinct from owner limit 1) c
        where v.status = 'lost' and v.kind = 'session'),
      'turns', (
        select coalesce(jsonb_agg(cogcommit.wire_turn(t.r, s.local_id)), '[]')
        from unnest(verdicts) v
        cross join lateral (select x as r, x.session_id from public.turns x where x.id = v.cid and x.user_id is not distinct from owner limit 1) t
        cross join lateral (select x.local_id from public.sessions x where x.id = t.session_id and x.user_id is not distinct from owner limit 1) s
        where v.status = 'lost' and v.kind = 'turn'),
      'visuals', (
        select coalesce(jsonb_agg(cogcommit.wire_visual(v.r, c.local_id)), '[]')
        from (
          select v.cid from unnest(verdicts) v where v.status = 'lost' and v.kind = 'visual'
          union
          select p.id from public.visuals p where p.user_id = owner and p.seq = this_seq and p.deleted_at is not null and p.content_hash is null) w
        cross join lateral (select x as r, x.commit_id from public.visuals x where x.id = w.cid and x.user_id is not distinct from owner limit 1) v
        cross join lateral (select x.local_id from public.cognitive_commits x where x.id = v.commit_id and x.user_id is not distinct from owner limit 1) c)));
end
$$;

create or replace function public.cogcommit_push(batch jsonb) returns jsonb language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  owner constant uuid := auth.uid();
  head public.sync_heads;
  before bigint;
  this_push uuid;
  verdicts cogcommit.verdict[];
  of_sessions cogcommit.verdict[];
  touched uuid[];
  was record;
  now_is record;
  next_seq bigint;
  changed int := 0;
  purged int;
  repeated record;
  -- Megabytes: to take them out is to copy them.
  turns jsonb;
begin
  if owner is null then
    raise exception using errcode = '42501', message = 'Nobody is signed in.';
  end if;
  batch := cogcommit.check_batch(batch);
  turns := batch -> 'turns';
  head := cogcommit.lock_head(owner);
  perform cogcommit.check_seen(batch -> 'seen', head);
  next_seq := head.seq + 1;
  this_push := cogcommit.named((batch ->> 'push_id')::uuid, cogcommit.wire_time(now()));
  -- A cloud that was wiped counts on, but for a device that begins with it there is nothing before its first push.
  before := case when head.push_id is null then 0 else head.seq end;

  -- Caps on what no quota counts: far above what a person has, so that they meet only a broken or hostile device.
  verdicts := array(select v from cogcommit.judge_commits(owner, batch -> 'commits', 100000 - head.commit_rows) v);
  of_sessions := array(select v from cogcommit.judge_sessions(owner, batch -> 'sessions', verdicts, 400000 - head.session_rows) v);
  verdicts := verdicts || of_sessions
    || array(select v from cogcommit.judge_turns(owner, turns, of_sessions, 4000000 - head.turn_rows) v)
    || array(select v from cogcommit.judge_visuals(owner, batch -> 'visuals', verdicts, 100000 - head.visual_rows) v);
  perform cogcommit.check_size(
    jsonb_array_length(batch -> 'machines') + jsonb_array_length(batch -> 'projects') + jsonb_array_length(batch -> 'commits')
      + jsonb_array_length(batch -> 'sessions') + jsonb_array_length(turns) + jsonb_array_length(batch -> 'visuals'), verdicts);
  verdicts := cogcommit.admit(owner, batch -> 'commits', verdicts, head);

  touched := array(
    select v.commit_cid from unnest(verdicts) v where v.status = 'accepted'
    union
    select v.old_commit_cid from unnest(verdicts) v where v.status = 'accepted' and v.old_commit_cid is not null);
  was := cogcommit.weigh(owner, touched);
  changed := cogcommit.store_names(owner, batch, verdicts, next_seq)
    + cogcommit.store_commits(owner, batch -> 'commits', verdicts, next_seq)
    + cogcommit.store_sessions(owner, batch -> 'sessions', verdicts, next_seq)
    + cogcommit.store_turns(owner, turns, verdicts, next_seq)
    + cogcommit.store_visuals(owner, batch -> 'visuals', verdicts, next_seq);
  perform cogcommit.store_sums(owner, verdicts);
  now_is := cogcommit.weigh(owner, touched);
  purged := cogcommit.purge(owner, next_seq);
  changed := changed + purged;

  if changed > 0 then
    update public.sync_heads h
    set seq = next_seq, push_id = this_push, updated_at = now(),
      commits = h.commits + now_is.commits - was.commits, bytes = h.bytes + now_is.bytes - was.bytes,
      commit_rows = h.commit_rows + news.commits, session_rows = h.session_rows + news.sessions,
      turn_rows = h.turn_rows + news.turns, visual_rows = h.visual_rows + news.visuals
    from (
      select count(*) filter (where v.kind = 'captured') as commits, count(*) filter (where v.kind = 'session') as sessions,
        count(*) filter (where v.kind = 'turn') as turns, count(*) filter (where v.kind = 'visual') as visuals
      from unnest(verdicts) v where v.is_new and v.status = 'accepted') news
    where h.user_id = owner;
    insert into public.sync_pushes (user_id, seq, push_id, batch_id, rows, bytes)
    values (owner, next_seq, this_push, (batch ->> 'push_id')::uuid, changed, cogcommit.size_of(verdicts, 'accepted') + 200 * changed);
    if head.visual_rows > 0 and head.weighed_at < now() - interval '1 day' then
      perform cogcommit.weigh_objects(owner);
    end if;
    update public.machines m set last_sync_at = now(), sync_cursor = next_seq::text
    where m.user_id = owner and m.machine_id = batch -> 'machine' ->> 'machine_id';
  else
    next_seq := before;
    -- A repeated push that had everything the first time moves the cursor as that one did.
    select p.seq into repeated from public.sync_pushes p where p.user_id = owner and p.batch_id = (batch ->> 'push_id')::uuid order by p.seq desc limit 1;
    if found then
      before := coalesce((select p.seq from public.sync_pushes p where p.user_id = owner and p.seq = repeated.seq - 1), 0);
      next_seq := repeated.seq;
    end if;
  end if;

  return jsonb_build_object(
    'protocol', 1, 'push_id', (select p.push_id from public.sync_pushes p where p.user_id = owner and p.seq = next_seq), 'now', cogcommit.wire_time(now()), 'before', before, 'seq', next_seq,
    'before_push_id', (select p.push_id from public.sync_pushes p where p.user_id = owner and p.seq = before),
    'results', jsonb_build_object(
      'commits', cogcommit.commit_results(owner, verdicts, batch -> 'commits'),
      'sessions', cogcommit.results(owner, verdicts, 'session'),
      'turns', cogcommit.results(owner, verdicts, 'turn'),
      'visuals', cogcommit.results(owner, verdicts, 'visual')),
    -- A push that changed nothing may be one that comes again: what it purged the first time is told again. A visual may come as one that was.
    'cloud', case when changed > 0 and purged = 0 and jsonb_array_length(batch -> 'visuals') = 0 and not exists (select from unnest(verdicts) v where v.status = 'lost')
      then '{"commits": [], "sessions": [], "turns": [], "visuals": []}' else cogcommit.winners(owner, verdicts, next_seq) end,
    'quota', cogcommit.wire_quota(owner));
end
$$;

revoke all on all functions in schema cogcommit from public, anon, authenticated;
revoke all on function public.cogcommit_push(jsonb) from public, anon, authenticated;
grant execute on function public.cogcommit_push(jsonb) to authenticated;
