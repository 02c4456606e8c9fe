-- Who may do what, stated in full: a project's default privileges may be wide or empty.

do $$
declare
  name text;
begin
  foreach name in array array['user_profiles', 'user_quotas', 'sync_heads', 'sync_pushes', 'machines', 'projects', 'cognitive_commits', 'sessions', 'turns', 'visuals']
  loop
    execute format('alter table public.%I enable row level security', name);
    execute format('revoke all on public.%I from public, anon, authenticated', name);
    execute format('grant select on public.%I to authenticated', name);
    execute format('drop policy if exists %I on public.%I', 'own ' || name, name);
    execute format(
      'create policy %I on public.%I for select to authenticated using (%I = (select auth.uid()))',
      'own ' || name, name, case when name = 'user_profiles' then 'id' else 'user_id' end);
  end loop;
end
$$;

-- Every function that sets a search_path sets `pg_catalog, pg_temp`, never ''. Where pg_temp is not named it comes first, before
-- pg_catalog, for names of types: then a caller's temporary domain `uuid` would run its check, and so its code, as our owner.

-- Pull runs as its caller and writes rows as they travel by functions that live here.
revoke all on schema cogcommit from public, anon, authenticated;
grant usage on schema cogcommit to authenticated;
revoke all on all functions in schema cogcommit from public, anon, authenticated;
