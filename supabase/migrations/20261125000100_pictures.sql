-- What a device asks before it sends or removes pictures (docs/sync-protocol.md, "Pictures").

-- stored: of these paths, those that have an object. deleted: objects whose row or commit is deleted but may come back. loose: objects
-- that nothing can bring back: their row is purged, or was wiped, or has been missing for 30 days. (One that is missing for less may be on
-- its way: of a cloud restored from a backup the devices send the rows again, and the picture may lie nowhere but here.) At most 1,000 of each.
create or replace function public.cogcommit_pictures(paths jsonb default null) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  of_user constant uuid := auth.uid();
  head public.sync_heads;
  answer jsonb;
begin
  if of_user is null then
    raise exception using errcode = '42501', message = 'Nobody is signed in.';
  end if;
  select * into head from public.sync_heads h where h.user_id = of_user;
  if not (cogcommit.is_absent(paths) or jsonb_typeof(paths) = 'array') then
    raise exception using errcode = '22023', message = 'paths is no list.';
  end if;
  if jsonb_typeof(paths) = 'array' and jsonb_array_length(paths) > 1000 then
    raise exception using errcode = '22023', message = 'paths has more than 1000.';
  end if;

  with mine as materialized (
    select o.name, v.id is not null as has_row,
      v.deleted_at is not null or c.deleted_at is not null as is_deleted,
      v.deleted_at is not null and v.content_hash is null as is_purged,
      -- The head of a cloud that holds nothing of theirs names no push.
      head.push_id is null or coalesce(o.created_at <= head.wiped_at, false) or o.created_at < now() - interval '30 days' as nobody_comes
    from storage.objects o
    left join public.visuals v on v.user_id = of_user and v.path = o.name
    left join public.cognitive_commits c on c.id = v.commit_id and c.user_id = of_user
    where o.bucket_id = 'visuals' and o.name collate "C" > of_user || '/' and o.name collate "C" < of_user || '0'
  )
  select jsonb_build_object(
    'protocol', 1,
    'stored', (select coalesce(jsonb_agg(m.name), '[]') from mine m
      where m.name in (select p #>> '{}' from jsonb_array_elements(case when jsonb_typeof(paths) = 'array' then paths else '[]' end) p)),
    'deleted', (select coalesce(jsonb_agg(d.name), '[]') from (
      select m.name from mine m where m.has_row and m.is_deleted and not m.is_purged order by m.name limit 1000) d),
    'loose', (select coalesce(jsonb_agg(l.name), '[]') from (
      select m.name from mine m where m.is_purged or (not m.has_row and m.nobody_comes) order by m.name limit 1000) l))
  into answer;
  return answer;
end
$$;
revoke all on function public.cogcommit_pictures(jsonb) from public, anon, authenticated;
grant execute on function public.cogcommit_pictures(jsonb) to authenticated;

-- Supabase's Storage asks the policies before it takes a picture, and writes the object's row, when it has all of it, as a role that no
-- policy binds. So that two uploads at once, or one whose row was deleted meanwhile, come to no more than the policies allow, a trigger asks
-- again, one after the other. Where the project refuses triggers on that table the policies alone hold.
create or replace function cogcommit.check_picture() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  of_user uuid;
begin
  -- What lies in nobody's folder no policy lets anybody add.
  if not cogcommit.is_uuid(to_jsonb(split_part(new.name, '/', 1))) then
    return new;
  end if;
  of_user := split_part(new.name, '/', 1)::uuid;
  perform from public.sync_heads h where h.user_id = of_user for update;
  if not cogcommit.picture_fits(of_user, new.name, new.metadata) then
    raise exception using errcode = '42501', message = 'row-level security: no live row has this picture, or one that says it is smaller, or there is no room.';
  end if;
  return new;
end
$$;
revoke all on function cogcommit.check_picture() from public, anon, authenticated;

do $$
begin
  execute 'create or replace trigger cogcommit_check_picture before insert or update of name, bucket_id, metadata on storage.objects '
    'for each row when (new.bucket_id = ''visuals'') execute function cogcommit.check_picture()';
exception when insufficient_privilege or undefined_table then
  raise notice 'The trigger on storage.objects is refused here (%): two pictures that are sent at once may come to more than the quota.', sqlerrm;
end
$$;
