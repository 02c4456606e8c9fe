-- The store, version 100: the first version of this project (the original command line ended at 10).
-- Times are text, UTC, whole microseconds: 2026-02-11T20:36:45.618000Z. Lists are JSON arrays.
-- Every table that full text or sync refers to has an INTEGER PRIMARY KEY, since VACUUM may renumber any other rowid.
-- What may be long stands last in its row: SQLite walks through a long row, page by page, to what stands behind.

create table schema_version (version integer primary key);

-- One row: what is counted over the life of the store.
create table counters (name text primary key, value integer not null) without rowid;
insert into counters values ('change_seq', 0);

-- One row per host this folder was used on: a copied folder gets a new machine_id there, and one shared by two hosts does not go to
-- and fro. Read by Store/MachineIdentity alone.
create table this_machine (
  fingerprint text primary key,      -- of the host and the folder
  machine_id text not null,          -- random UUID
  name text not null
) without rowid;

create table machines (machine_id text primary key, name text) without rowid;

create table projects (
  name text primary key,
  remote_url text,
  local_path text                    -- of this machine alone; never pushed
) without rowid;

create table cognitive_commits (
  row integer primary key,
  id text not null unique,
  -- captured: what the transcripts say. Merged by (rev, hash).
  agent_session_id text,
  source text not null default 'claude_code',
  project_name text,                 -- the guess of capture (design 3, rule 10)
  branch text,
  git_hash text,
  git_hashes text not null default '[]',
  git_subject text,
  started_at text not null,
  closed_at text not null,
  closed_by text not null,           -- git_commit | session_end | explicit
  closed_after text,                 -- id of the turn an explicit boundary stands behind
  parallel integer not null default 0,
  derived_title text not null default '',
  origin_machine_id text,
  rev text not null default '' collate binary,
  hash text,
  -- totals over the commit's turns, kept by whoever writes turns (Store/CommitTotals)
  session_count integer not null default 0,
  turn_count integer not null default 0,
  prompt_count integer not null default 0,
  input_tokens integer not null default 0,
  output_tokens integer not null default 0,
  bytes integer not null default 0,
  warmup integer not null default 0,           -- its first prompt is exactly "Warmup": it needs no upload
  -- curated: what the user said. Merged by version, then updated_at, then hash.
  title text,                        -- null: the derived one is shown
  title_set integer not null default 0,
  project_set text,                  -- Set-CogCommit -Project
  published integer not null default 0,
  hidden integer not null default 0,
  display_order integer not null default 0,
  deleted_at text,
  version integer not null default 1,
  updated_at text not null,
  curated_hash text,
  -- sync
  change_seq integer not null default 0,
  pushed_seq integer not null default 0,
  tried_seq integer not null default 0,       -- the change_seq that was refused or too large: not sent again until it changes
  cloud_version integer not null default 0,   -- the curated version the cloud last confirmed
  cloud_said text,                            -- the hash of that curated half: what the next edit is made on
  push_state text,                   -- null | filtered | over_limit | conflict | error | too_large; of a turn also elsewhere (Sync/PushStates)
  push_error text,
  -- captured, too
  files_read text not null default '[]',
  files_changed text not null default '[]'
);

create table sessions (
  row integer primary key,
  id text not null unique,
  commit_id text not null references cognitive_commits(id) on delete cascade on update cascade,
  agent_session_id text,             -- <session id>, or <parent session id>/<agent id>
  is_subagent integer not null default 0,
  started_at text not null,
  ended_at text not null,
  rev text not null default '' collate binary,
  hash text,
  change_seq integer not null default 0,
  pushed_seq integer not null default 0,
  tried_seq integer not null default 0,
  push_state text,
  push_error text
);

create table turns (
  row integer primary key,
  id text not null unique,
  session_id text not null references sessions(id) on delete cascade on update cascade,
  ordinal integer not null default 0,         -- position in its agent session
  role text not null,                -- user | assistant
  timestamp text not null,
  model text,
  interrupted integer not null default 0,
  usage text,                        -- {input_tokens, output_tokens, cache_creation_input_tokens, cache_read_input_tokens}
  triggers_visual integer not null default 0,
  bytes integer not null default 0,
  rev text not null default '' collate binary,
  hash text,
  change_seq integer not null default 0,
  pushed_seq integer not null default 0,
  tried_seq integer not null default 0,
  push_state text,
  push_error text,
  content text,
  tool_calls text                    -- [{id, name, input, result, isError}] or null
);

create table visuals (
  row integer primary key,
  id text not null unique,
  commit_id text not null references cognitive_commits(id) on delete cascade on update cascade,
  turn_id text,
  type text not null,
  mime text,
  content_hash text,                 -- SHA-256, lower-case hex; the file lies under visuals/ by this name
  byte_size integer not null default 0,
  path text not null default '',     -- of this machine alone
  cloud_url text,
  captured_at text not null,
  caption text,
  rev text not null default '' collate binary,
  hash text,
  version integer not null default 1,
  updated_at text,
  deleted_at text,
  change_seq integer not null default 0,
  pushed_seq integer not null default 0,
  tried_seq integer not null default 0,
  push_state text,
  push_error text
);

-- What became of a visual's picture in the cloud. No row: not known. Like all sync state it belongs to one (cloud, user).
create table visual_objects (
  visual_id text primary key references visuals(id) on delete cascade on update cascade,
  state text not null,               -- stored | sending | waits (no room) | refused
  reason text,
  upload text,                       -- the cloud's name of a resumable upload that is under way
  retry_at text                      -- of one that waits
) without rowid;

create index commits_by_start on cognitive_commits (started_at desc, id);
create index commits_by_project on cognitive_commits (project_name, started_at desc);
create index commits_by_agent_session on cognitive_commits (agent_session_id);
create index commits_pending on cognitive_commits (change_seq) where change_seq > pushed_seq;
create index sessions_by_commit on sessions (commit_id);
create index sessions_by_agent_session on sessions (agent_session_id);
create index sessions_pending on sessions (change_seq) where change_seq > pushed_seq;
create index sessions_pending_by_commit on sessions (commit_id) where change_seq > pushed_seq;
create index sessions_held on sessions (commit_id) where push_state is not null;
create index turns_by_session on turns (session_id, ordinal);
create index turns_pending_by_session on turns (session_id) where change_seq > pushed_seq;
create index turns_held on turns (session_id) where push_state is not null;
create index turns_pending on turns (change_seq) where change_seq > pushed_seq;
create index visuals_by_commit on visuals (commit_id);
create index visuals_by_turn on visuals (turn_id) where turn_id is not null;
create index visuals_by_content on visuals (content_hash) where content_hash is not null;
create index visuals_held on visuals (commit_id) where push_state is not null;
create index visuals_pending on visuals (change_seq) where change_seq > pushed_seq;

-- Sync state belongs to one (cloud, user): one row, or none before the first sign-in.
create table sync_state (
  cloud_url text not null,
  user_id text not null,
  cursor_seq integer not null default 0,
  cursor_push_id text,
  last_push_at text,
  last_pull_at text,
  last_error text,
  failing_since text,                -- the first try that failed since the last one that did not
  failures integer not null default 0,        -- how many there were since then
  seen_seq integer not null default 0,        -- the last push of the cloud it heard of, also where the cursor begins anew
  wiped_at text,                     -- the cloud was wiped then: nothing is synced until the user says so
  quota text                         -- the cloud's last word: {tier, commit_limit, commits, storage_limit_bytes, bytes}
);

-- When changes were made that wait for the cloud: the last change_seq of each transaction, while somebody is signed in. What is pushed goes.
create table changes (
  seq integer primary key,
  changed_at text not null
);

-- Pushes of this store that its cursor has not come to: a cloud that was restored to a state before them knows the cursor all the same.
create table pushes_ahead (
  push_id text primary key,
  seq integer not null
) without rowid;

-- Two edits of the same state of a commit, of which one gave way. Kept 30 days.
create table conflicts (
  id text primary key,
  commit_id text not null,
  lost text not null,                -- the curated fields that lost, as they travel
  won text not null,
  lost_side text not null,           -- local: this machine's edit lost; cloud: the one that came from there
  archived_at text not null,
  resolved_at text
) without rowid;

create index conflicts_open on conflicts (commit_id) where resolved_at is null;

-- Pruned here: pull, import and verify do not bring it back.
create table pruned_commits (
  commit_id text primary key,
  agent_session_id text,
  last_turn_id text,
  pruned_at text not null
) without rowid;

-- What capture remembers between imports. Of this machine alone, never pushed; -Rebuild makes it anew from the transcripts.

-- One row per file (or per subagent's file): how far it was read.
create table transcripts (
  row integer primary key,
  agent_session_id text not null unique,      -- of the session the file is named after
  source text not null,
  path text not null,
  size integer not null,
  modified integer not null,                  -- UTC ticks
  head_length integer not null default 0,     -- the first bytes, at most 4 KB, and their SHA-256
  head_hash text,
  offset integer not null default 0,          -- behind the last line that was read
  lines integer not null default 0,
  last_time text,                             -- stands in for a record without a time
  excluded text                               -- the patterns under which its project was excluded; nothing else is kept of it
);

create table agent_sessions (
  row integer primary key,
  agent_session_id text not null unique,
  parent integer references agent_sessions(row) on delete cascade,   -- the main session of a subagent
  source text not null,
  project_name text,                          -- decided once (rule 10)
  cwd text,
  started_at text,                            -- time of its first record: part of every revision
  first_at text,                              -- earliest and latest time of its turns
  last_at text,
  records integer not null default 0,
  replayed integer not null default 0,        -- turns that another session owns
  state text not null default '{}'            -- what the fold has open
);
create index agent_sessions_by_parent on agent_sessions (parent);
create index agent_sessions_by_project on agent_sessions (project_name, last_at);

-- A commit that comes back: what was said while it was deleted or pruned was passed over, so its transcripts are read again by the next
-- import (as Capture/Rows/Refold does). Triggers, so that it holds whoever brings it back.
create trigger commits_undeleted after update of deleted_at on cognitive_commits when old.deleted_at is not null and new.deleted_at is null
begin
  update transcripts set size = -1, head_hash = null
  where agent_session_id = new.agent_session_id or agent_session_id between new.agent_session_id || '/' and new.agent_session_id || '0';
end;

create trigger commits_unpruned after delete on pruned_commits
begin
  update transcripts set size = -1, head_hash = null
  where agent_session_id = old.agent_session_id or agent_session_id between old.agent_session_id || '/' and old.agent_session_id || '0';
end;

-- The light facts of a turn, replayed ones included: enough to cut commits anew without the transcript.
create table captured_turns (
  session integer not null references agent_sessions(row) on delete cascade,
  ordinal integer not null,
  turn_id text not null,
  role text not null,
  timestamp text not null,
  created integer not null,                   -- how many records were folded when it came, and when it last changed
  touched integer not null,
  branch text,
  title text,                                 -- what it offers as a title
  bare_command integer not null default 0,
  files_read text,
  files_changed text,
  owned integer not null default 1,           -- 0: another session stores it (rule 9)
  provisional integer not null default 0,     -- a queued prompt that is not placed yet
  commit_id text,
  primary key (session, ordinal)
) without rowid;
create index captured_turns_by_id on captured_turns (turn_id);
create index captured_turns_by_time on captured_turns (session, timestamp);
create index captured_turns_unplaced on captured_turns (session, ordinal) where provisional = 1;

create table captured_messages (
  session integer not null references agent_sessions(row) on delete cascade,
  message_id text not null,
  uuid text not null,
  timestamp text not null,
  ordinal integer,
  usage text,
  primary key (session, message_id)
) without rowid;

create table captured_calls (
  session integer not null references agent_sessions(row) on delete cascade,
  call_id text not null,
  ordinal integer not null,
  git integer not null default 0,             -- 1: it runs a command that makes commits, 2: one that amends
  background_id text,
  fetches text,                               -- the background call whose output it asks for
  primary key (session, call_id)
) without rowid;
create index captured_calls_by_background on captured_calls (session, background_id) where background_id is not null;

create table captured_records (
  session integer not null references agent_sessions(row) on delete cascade,
  uuid text not null,
  ordinal integer,                            -- of the turn it was folded into
  primary key (session, uuid)
) without rowid;

-- A line of git's that proves a commit, in the order of the file.
create table captured_closings (
  session integer not null references agent_sessions(row) on delete cascade,
  number integer not null,
  call_id text not null,
  ordinal integer not null,                   -- of the call's turn
  position integer not null,                  -- the last turn when the line came
  hash text not null,
  subject text not null,
  amends integer not null,
  timestamp text not null,
  record integer not null,
  primary key (session, number)
) without rowid;

-- Which call started a subagent.
create table captured_agents (
  session integer not null references agent_sessions(row) on delete cascade,
  agent_id text not null,
  ordinal integer not null,
  record integer not null,
  primary key (session, agent_id)
) without rowid;

-- How a session is cut now.
create table captured_commits (
  session integer not null references agent_sessions(row) on delete cascade,
  first_ordinal integer not null,
  last_ordinal integer not null,
  commit_id text,                             -- null: all of its turns are replayed
  cut text not null,
  primary key (session, first_ordinal)
) without rowid;
create index captured_commits_by_id on captured_commits (commit_id);

-- Turns captured here whose rows somebody else wrote, and is right: perhaps he knows of a boundary that is not known here. Asked by the next
-- import or sync, and emptied.
create table moved_turns (turn_id text primary key) without rowid;

-- Where the user cut: an explicit boundary, or the last turn known of a commit that was deleted or pruned.
create table captured_boundaries (
  session integer not null references agent_sessions(row) on delete cascade,
  turn_id text not null,
  kind text not null,                         -- explicit | removed
  primary key (session, turn_id)
) without rowid;
