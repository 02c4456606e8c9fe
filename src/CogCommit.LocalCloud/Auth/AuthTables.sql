-- What Supabase Auth keeps about sessions, as far as this cloud needs it. auth.users is there already.
create table if not exists auth.sessions (
  id uuid primary key,
  user_id uuid not null references auth.users (id) on delete cascade,
  created_at timestamptz not null,
  updated_at timestamptz,
  refreshed_at timestamptz
);
create index if not exists sessions_user_id_idx on auth.sessions (user_id);

create table if not exists auth.refresh_tokens (
  id bigserial primary key,
  token text not null unique,
  session_id uuid not null references auth.sessions (id) on delete cascade,
  parent text,
  revoked boolean not null default false,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index if not exists refresh_tokens_session_id_idx on auth.refresh_tokens (session_id);

create table if not exists auth.flow_state (
  id uuid primary key,
  user_id uuid not null references auth.users (id) on delete cascade,
  auth_code text not null unique,
  code_challenge text not null,
  created_at timestamptz not null
);
create index if not exists flow_state_user_id_idx on auth.flow_state (user_id);

-- Whatever the database grants by default: only this cloud itself reads these.
revoke all on auth.sessions, auth.refresh_tokens, auth.flow_state from public, anon, authenticated;
