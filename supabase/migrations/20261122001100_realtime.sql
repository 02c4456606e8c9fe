-- A hint to the user's other machines that there is something to pull. Nothing depends on it, so nothing it meets may stop a push,
-- and where the project refuses the policy the migration says so and goes on: then devices hear of pushes by their timer.

create or replace function cogcommit.announce_push() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform realtime.send(jsonb_build_object('seq', new.seq, 'push_id', new.push_id), 'push', 'user:' || new.user_id, true);
  return null;
exception when others then
  return null;
end
$$;
revoke all on function cogcommit.announce_push() from public, anon, authenticated;

create or replace trigger announce_push after insert on public.sync_pushes for each row execute function cogcommit.announce_push();

do $$
begin
  execute 'drop policy if exists "cogcommit: own topic" on realtime.messages';
  execute 'create policy "cogcommit: own topic" on realtime.messages for select to authenticated using ('
    '(select realtime.topic()) = ''user:'' || (select auth.uid())::text and extension = ''broadcast'')';
exception when insufficient_privilege or undefined_table or undefined_function or invalid_schema_name then
  raise notice 'The policy on realtime.messages is refused here (%): machines will hear of each other''s pushes by their timer alone.', sqlerrm;
end
$$;
