-- Wiping one's cloud, and deleting the account. The head stays with a mark, so that machines which do not know of it yet take the empty
-- cloud for neither a new nor a restored one, and upload nothing into it (docs/sync-protocol.md, "Wipe").

alter table public.sync_heads add column if not exists wiped_at timestamptz;
alter table public.sync_heads add column if not exists wiped_seq bigint;    -- pushes up to this one are gone

-- Whether a device that heard of this push, and of none later, missed the wipe.
create or replace function cogcommit.missed_wipe(seen bigint, head public.sync_heads) returns boolean language sql immutable as $$
  -- The last: a cloud that was restored and then wiped counts anew, and whatever a device heard of is gone.
  select coalesce(head.wiped_at is not null and (seen <= head.wiped_seq or head.push_id is null), false)
$$;

-- Called with the head locked: no push of this user that began before a wipe ends after it.
create or replace function cogcommit.check_seen(seen jsonb, head public.sync_heads) returns void language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  if cogcommit.is_absent(seen) then
    return;
  end if;
  if not cogcommit.is_int(seen, 0, 999999999999999999) then
    raise exception using errcode = '22023', message = 'seen is neither null nor the number of a push.';
  end if;
  if cogcommit.missed_wipe((seen #>> '{}')::bigint, head) then
    raise exception using errcode = 'PT410', message = format('This cloud was wiped on %s.', cogcommit.wire_time(head.wiped_at)),
      hint = 'Pull, and ask the user whether this machine''s history is to be uploaded again.';
  end if;
end
$$;

-- Everything of the caller's but the quota and the profile. Asked with dry_run it only counts.
create or replace function public.cogcommit_wipe(dry_run boolean default false) returns jsonb
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  owner constant uuid := auth.uid();
  head public.sync_heads;
  answer jsonb;
begin
  if owner is null then
    raise exception using errcode = '42501', message = 'Nobody is signed in.';
  end if;

  -- A push that is under way ends first; the next one sees the mark.
  select * into head from public.sync_heads h where h.user_id = owner for update;
  answer := jsonb_build_object(
    'protocol', 1,
    'commits', (select count(*) from public.cognitive_commits c where c.user_id = owner and c.deleted_at is null and c.stored_turns > 0),
    'machines', (select count(*) from public.machines m where m.user_id = owner),
    'bytes', coalesce(head.bytes, 0));
  if not coalesce(dry_run, false) and head.push_id is not null then
    delete from public.cognitive_commits c where c.user_id = owner;
    delete from public.projects p where p.user_id = owner;
    delete from public.machines m where m.user_id = owner;
    delete from public.sync_pushes p where p.user_id = owner;
    update public.sync_heads h
    set push_id = null, wiped_at = now(), wiped_seq = h.seq, updated_at = now(), commits = 0, bytes = 0, commit_rows = 0, session_rows = 0,
      turn_rows = 0, visual_rows = 0
    where h.user_id = owner
    returning * into head;
  end if;
  return answer || jsonb_build_object('wiped_at', cogcommit.wire_time(head.wiped_at));
end
$$;

-- The caller's account, and with it, by the foreign keys, all that is theirs: profile, quota, rows, and in Auth their sessions and tokens.
-- Asked again it finds nobody and says the same.
create or replace function public.cogcommit_delete_account() returns jsonb
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  owner constant uuid := auth.uid();
begin
  if owner is null then
    raise exception using errcode = '42501', message = 'Nobody is signed in.';
  end if;

  perform from public.sync_heads h where h.user_id = owner for update;
  delete from auth.users u where u.id = owner;
  return jsonb_build_object('protocol', 1, 'deleted', true);
end
$$;

revoke all on function cogcommit.missed_wipe(bigint, public.sync_heads), cogcommit.check_seen(jsonb, public.sync_heads) from public, anon, authenticated;
revoke all on function public.cogcommit_wipe(boolean), public.cogcommit_delete_account() from public, anon, authenticated;
grant execute on function public.cogcommit_wipe(boolean), public.cogcommit_delete_account() to authenticated;
-- Pull calls it as its caller.
grant execute on function cogcommit.missed_wipe(bigint, public.sync_heads) to authenticated;
