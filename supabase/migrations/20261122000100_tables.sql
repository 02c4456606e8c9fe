-- The tables of the cloud. Nobody but cogcommit_push writes them; every statement here may run again.

create schema if not exists extensions;
create extension if not exists "uuid-ossp" with schema extensions;

-- What only our own functions use. PostgREST does not show this schema.
create schema if not exists cogcommit;
revoke all on schema cogcommit from public;

-- The cloud's id of a device's row, and of a push. A project that had the extension before may have it in another schema.
do $$
begin
  execute format(
    'create or replace function cogcommit.named(space uuid, name text) returns uuid language sql immutable as $f$ select %I.uuid_generate_v5(space, name) $f$',
    (select n.nspname from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'uuid-ossp'));
  execute format(
    'create or replace function cogcommit.cloud_id(owner uuid, local uuid) returns uuid language sql immutable as $f$ select %I.uuid_generate_v5(owner, local::text) $f$',
    (select n.nspname from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'uuid-ossp'));
end
$$;

create table if not exists public.user_profiles (
  id uuid primary key references auth.users (id) on delete cascade,
  github_username text not null default '',     -- empty where the sign-in has none: e-mail, anonymous
  github_id text not null default '',
  analytics_opt_in boolean default false,
  created_at timestamptz default now(),
  updated_at timestamptz default now()
);

create table if not exists public.user_quotas (
  user_id uuid primary key references auth.users (id) on delete cascade,
  tier text not null default 'free',
  commit_limit integer not null default 250,
  storage_limit_bytes bigint not null default 52428800,
  created_at timestamptz default now(),
  updated_at timestamptz default now()
);

-- One row per user: the lock that orders the user's pushes, and what the quotas count, so that no push counts all rows.
create table if not exists public.sync_heads (
  user_id uuid primary key references public.user_profiles (id) on delete cascade,
  seq bigint not null default 0,
  push_id uuid,
  commits integer not null default 0,           -- live and not filtered
  bytes bigint not null default 0,              -- of live turns and visuals
  commit_rows integer not null default 0,       -- all there are, tombstones too
  session_rows integer not null default 0,
  turn_rows integer not null default 0,
  visual_rows integer not null default 0,
  weighed_at timestamptz not null default now(), -- when the stored pictures' sizes were last looked at
  updated_at timestamptz default now()
);

create table if not exists public.sync_pushes (
  user_id uuid not null references public.user_profiles (id) on delete cascade,
  seq bigint not null,
  push_id uuid not null,                        -- the cloud's: a batch that comes again after a backup was played back is another push
  batch_id uuid not null,                       -- the device's, kept when it repeats the batch
  rows integer not null,
  bytes bigint not null,                        -- of the rows as they travel: what a page of pull is measured by
  created_at timestamptz not null default now(),
  primary key (user_id, seq)
);
-- (The batch first: else it would seem good enough for finding a push by its number.)
create index if not exists sync_pushes_by_batch on public.sync_pushes (batch_id, user_id);

create table if not exists public.machines (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.user_profiles (id) on delete cascade,
  machine_id text not null,
  name text,
  last_sync_at timestamptz,
  sync_cursor text,
  created_at timestamptz default now(),
  seq bigint not null default 0,
  unique (user_id, machine_id),
  unique (id, user_id)
);
create index if not exists machines_by_seq on public.machines (user_id, seq);

create table if not exists public.projects (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.user_profiles (id) on delete cascade,
  name text not null,
  local_path text,                              -- stays null: a path of one machine means nothing on another
  remote_url text,
  created_at timestamptz default now(),
  updated_at timestamptz default now(),
  seq bigint not null default 0,
  unique (user_id, name),
  unique (id, user_id)
);
create index if not exists projects_by_seq on public.projects (user_id, seq);

create table if not exists public.cognitive_commits (
  id uuid primary key,
  user_id uuid not null references public.user_profiles (id) on delete cascade,
  project_id uuid,
  origin_machine_id uuid,
  git_hash text,
  started_at timestamptz not null,
  closed_at timestamptz not null,
  closed_by text not null check (closed_by in ('git_commit', 'session_end', 'explicit')),
  parallel boolean default false,
  files_read jsonb,
  files_changed jsonb,
  source text default 'claude_code',
  project_name text,                            -- what is shown: the user's, else capture's
  published boolean default false,
  hidden boolean default false,
  display_order integer default 0,
  title text,                                   -- what is shown: the user's, else the derived one
  version integer default 1,
  updated_at timestamptz default now(),
  deleted_at timestamptz,
  encrypted boolean default false,
  encryption_key_id text,
  -- added by the sync
  local_id uuid not null,
  seq bigint not null,
  rev text collate "C" not null default '',
  hash text collate "C",
  curated_hash text collate "C",                -- null: no device has sent the curated half
  agent_session_id text,
  branch text,
  git_hashes jsonb,
  git_subject text,
  closed_after text,
  captured_project text,
  project_set text,
  derived_title text,
  title_set boolean default false,
  turn_count integer default 0,                 -- as the device that captured it counts
  prompt_count integer default 0,
  stored_turns integer not null default 0,      -- as they are here
  bytes bigint not null default 0,              -- of the turns here
  visual_bytes bigint not null default 0,
  purged boolean not null default false,
  purge_after timestamptz,                      -- only for tombstones whose own date is too old to count from
  unique (user_id, local_id),
  unique (id, user_id),
  foreign key (project_id, user_id) references public.projects (id, user_id),
  foreign key (origin_machine_id, user_id) references public.machines (id, user_id)
);
create index if not exists cognitive_commits_by_seq on public.cognitive_commits (user_id, seq);
create index if not exists cognitive_commits_by_start on public.cognitive_commits (user_id, started_at desc);
create index if not exists cognitive_commits_by_project on public.cognitive_commits (project_id);
create index if not exists cognitive_commits_by_machine on public.cognitive_commits (origin_machine_id);
create index if not exists cognitive_commits_to_purge on public.cognitive_commits (user_id, deleted_at) where deleted_at is not null and not purged;

-- The one foreign key of a child names the parent and its user together: no row can hang below another user's, and PostgREST
-- finds exactly one way to embed.
create table if not exists public.sessions (
  id uuid primary key,
  commit_id uuid not null,
  started_at timestamptz not null,
  ended_at timestamptz not null,
  version integer default 1,
  updated_at timestamptz default now(),
  deleted_at timestamptz,
  user_id uuid not null,
  local_id uuid not null,
  seq bigint not null,
  rev text collate "C" not null default '',
  hash text collate "C",
  agent_session_id text,
  is_subagent boolean not null default false,
  unique (user_id, local_id),
  unique (id, user_id),
  foreign key (commit_id, user_id) references public.cognitive_commits (id, user_id) on delete cascade
);
create index if not exists sessions_by_seq on public.sessions (user_id, seq);
create index if not exists sessions_by_commit on public.sessions (commit_id, user_id);

create table if not exists public.turns (
  id uuid primary key,
  session_id uuid not null,
  role text not null check (role in ('user', 'assistant')),
  content text,
  timestamp timestamptz not null,
  model text,
  tool_calls jsonb check (jsonb_typeof(tool_calls) = 'array'),
  triggers_visual boolean default false,
  version integer default 1,
  updated_at timestamptz default now(),
  deleted_at timestamptz,
  user_id uuid not null,
  local_id uuid not null,
  seq bigint not null,
  rev text collate "C" not null default '',
  hash text collate "C",
  ordinal bigint not null default 0,
  interrupted boolean not null default false,
  usage jsonb,
  bytes bigint not null default 0,
  unique (user_id, local_id),
  foreign key (session_id, user_id) references public.sessions (id, user_id) on delete cascade
);
create index if not exists turns_by_seq on public.turns (user_id, seq);
create index if not exists turns_by_session on public.turns (session_id, user_id, ordinal);

create table if not exists public.visuals (
  id uuid primary key,
  user_id uuid not null,
  commit_id uuid not null,
  type text not null,
  path text,                                    -- of the object in the bucket; fixed when the row comes
  cloud_url text,
  captured_at timestamptz not null,
  caption text,
  version integer default 1,
  updated_at timestamptz default now(),
  deleted_at timestamptz,
  local_id uuid not null,
  seq bigint not null,
  rev text collate "C" not null default '',
  hash text collate "C",
  turn_id uuid,                                 -- the turn's local id
  content_hash text,
  byte_size bigint not null default 0,
  mime text,
  bytes bigint not null default 0,              -- what the quota counts: the stored object's size once it is known
  unique (user_id, local_id),
  foreign key (commit_id, user_id) references public.cognitive_commits (id, user_id) on delete cascade
);
create index if not exists visuals_by_seq on public.visuals (user_id, seq);
create index if not exists visuals_by_commit on public.visuals (commit_id, user_id);
create index if not exists visuals_by_path on public.visuals (user_id, path);
