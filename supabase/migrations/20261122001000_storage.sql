-- The bucket of pictures: private, and each object only where a row of its user says it lies.

insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types)
values ('visuals', 'visuals', false, 52428800, array['image/png', 'image/jpeg', 'image/gif', 'image/webp'])
on conflict (id) do update set public = false, file_size_limit = excluded.file_size_limit, allowed_mime_types = excluded.allowed_mime_types;

-- Whether a picture of this size may lie there: a live row says so, and says that it is as large, and what its user has in Storage leaves
-- room. What the row says was admitted by the quota; the sum is for objects whose row is deleted, which count until they are removed. The
-- size is what Storage measured, or, before it has the picture, what it was told; it may have been told nothing. Called by policies, and it
-- looks as its owner, since a policy cannot ask the table that it guards. (Not `owner`: storage.objects has a column of that name.)
create or replace function cogcommit.picture_fits(of_user uuid, object text, told jsonb) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (
      select from public.visuals v join public.cognitive_commits c on c.id = v.commit_id and c.user_id = v.user_id
      where v.user_id = of_user and v.path = object and v.deleted_at is null and c.deleted_at is null and v.byte_size >= picture.size)
    and picture.size + coalesce((
      select sum((o.metadata ->> 'size')::bigint) filter (where cogcommit.is_int(o.metadata -> 'size', 0, 1000000000000))
      from storage.objects o
      where o.bucket_id = 'visuals' and o.name collate "C" > of_user || '/' and o.name collate "C" < of_user || '0' and o.name <> object), 0)
    <= coalesce((select q.storage_limit_bytes from public.user_quotas q where q.user_id = of_user), 52428800)
  from (
    select case
      when cogcommit.is_int(told -> 'size', 0, 1000000000000) then (told ->> 'size')::bigint
      when cogcommit.is_int(told -> 'contentLength', 0, 1000000000000) then (told ->> 'contentLength')::bigint
      else 0 end as size) picture
$$;
revoke all on function cogcommit.picture_fits(uuid, text, jsonb) from public, anon, authenticated;

create or replace function cogcommit.has_room_for_picture(object text, told jsonb) returns boolean language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select coalesce(cogcommit.picture_fits((select auth.uid()), object, told), false)
$$;
revoke all on function cogcommit.has_room_for_picture(text, jsonb) from public, anon, authenticated;
grant execute on function cogcommit.has_room_for_picture(text, jsonb) to authenticated;

-- Whatever lies in a user's folder is theirs to see, so that what a wipe left behind can be removed.
drop policy if exists "cogcommit visuals: own" on storage.objects;
create policy "cogcommit visuals: own" on storage.objects for select to authenticated using (
  bucket_id = 'visuals' and (storage.foldername(name))[1] = (select auth.uid())::text);

-- Only after the row: what has none is not counted by any quota.
drop policy if exists "cogcommit visuals: add where a live row is" on storage.objects;
create policy "cogcommit visuals: add where a live row is" on storage.objects for insert to authenticated with check (
  bucket_id = 'visuals' and (storage.foldername(name))[1] = (select auth.uid())::text and cogcommit.has_room_for_picture(name, metadata));

-- An upload that broke off is sent again over itself.
drop policy if exists "cogcommit visuals: send again where a live row is" on storage.objects;
create policy "cogcommit visuals: send again where a live row is" on storage.objects for update to authenticated using (
  bucket_id = 'visuals' and (storage.foldername(name))[1] = (select auth.uid())::text
  and exists (select from public.visuals v where v.user_id = (select auth.uid()) and v.path = objects.name and v.deleted_at is null))
with check (
  bucket_id = 'visuals' and (storage.foldername(name))[1] = (select auth.uid())::text and cogcommit.has_room_for_picture(name, metadata));

-- Where its row is deleted, or gone: a wipe takes the rows, and then nobody can add what its device would have to remove once more.
drop policy if exists "cogcommit visuals: remove where no live row is" on storage.objects;
create policy "cogcommit visuals: remove where no live row is" on storage.objects for delete to authenticated using (
  bucket_id = 'visuals' and (storage.foldername(name))[1] = (select auth.uid())::text
  and not exists (
    select from public.visuals v join public.cognitive_commits c on c.id = v.commit_id
    where v.user_id = (select auth.uid()) and v.path = objects.name and v.deleted_at is null and c.deleted_at is null));
