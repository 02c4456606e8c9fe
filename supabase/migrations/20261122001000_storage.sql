-- The bucket of pictures: private, and each object only where a row of its user says it lies.

insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types)
values ('visuals', 'visuals', false, 52428800, array['image/png', 'image/jpeg', 'image/gif', 'image/webp'])
on conflict (id) do update set public = false, file_size_limit = excluded.file_size_limit, allowed_mime_types = excluded.allowed_mime_types;

-- Whether the caller's pictures, as large as Storage says they are, leave room. A row may lie about the size of what will come, and a
-- deleted row's object counts until it is removed. It looks as its owner, since a policy cannot ask the table that it guards.
create or replace function cogcommit.has_room_for_picture() returns boolean language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select coalesce(sum((o.metadata ->> 'size')::bigint) filter (where cogcommit.is_int(o.metadata -> 'size', 0, 1000000000000)), 0)
    < coalesce((select q.storage_limit_bytes from public.user_quotas q where q.user_id = (select auth.uid())), 52428800)
  from public.visuals v join storage.objects o on o.bucket_id = 'visuals' and o.name = v.path
  where v.user_id = (select auth.uid())
$$;
revoke all on function cogcommit.has_room_for_picture() from public, anon, authenticated;
grant execute on function cogcommit.has_room_for_picture() to authenticated;

-- Only after the row: what has none is not counted by any quota.
drop policy if exists "cogcommit visuals: own, where a row is" on storage.objects;
create policy "cogcommit visuals: own, where a row is" on storage.objects for select to authenticated using (
  bucket_id = 'visuals' and (storage.foldername(name))[1] = (select auth.uid())::text
  and exists (select from public.visuals v where v.user_id = (select auth.uid()) and v.path = objects.name));

drop policy if exists "cogcommit visuals: add where a live row is" on storage.objects;
create policy "cogcommit visuals: add where a live row is" on storage.objects for insert to authenticated with check (
  bucket_id = 'visuals' and (storage.foldername(name))[1] = (select auth.uid())::text and (select cogcommit.has_room_for_picture())
  and exists (select from public.visuals v where v.user_id = (select auth.uid()) and v.path = objects.name and v.deleted_at is null));

-- An upload that broke off is sent again over itself.
drop policy if exists "cogcommit visuals: send again where a live row is" on storage.objects;
create policy "cogcommit visuals: send again where a live row is" on storage.objects for update to authenticated using (
  bucket_id = 'visuals' and (storage.foldername(name))[1] = (select auth.uid())::text
  and exists (select from public.visuals v where v.user_id = (select auth.uid()) and v.path = objects.name and v.deleted_at is null))
with check (
  bucket_id = 'visuals' and (storage.foldername(name))[1] = (select auth.uid())::text and (select cogcommit.has_room_for_picture())
  and exists (select from public.visuals v where v.user_id = (select auth.uid()) and v.path = objects.name and v.deleted_at is null));

drop policy if exists "cogcommit visuals: remove where the row is deleted" on storage.objects;
create policy "cogcommit visuals: remove where the row is deleted" on storage.objects for delete to authenticated using (
  bucket_id = 'visuals' and (storage.foldername(name))[1] = (select auth.uid())::text
  and exists (
    select from public.visuals v join public.cognitive_commits c on c.id = v.commit_id
    where v.user_id = (select auth.uid()) and v.path = objects.name and (v.deleted_at is not null or c.deleted_at is not null)));
