-- A device's rows: what may stand in them, and how they become columns. A wrong row is told why; nothing here raises.

-- (Not by one regular expression of the whole: PostgreSQL makes its states anew for each text, one for each character here, and takes three times as long.)
create or replace function cogcommit.is_uuid(j jsonb) returns boolean language sql immutable as $$
  select coalesce(jsonb_typeof(j) = 'string' and j #>> '{}' like '________-____-____-____-____________' and j #>> '{}' !~ '[^0-9a-f-]'
    and length(replace(j #>> '{}', '-', '')) = 32, false)
$$;

-- RFC 3339 in UTC, of a day that exists. Infinity is none.
create or replace function cogcommit.is_time(j jsonb) returns boolean language sql immutable as $$
  select coalesce(case
    when jsonb_typeof(j) = 'string' and left(j #>> '{}', 4) <> '0000'
      and j #>> '{}' ~ '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,6})?(Z|\+00:00)$'
    -- Each month has 28 days; the others are looked up.
    then substr(j #>> '{}', 9, 2) <= '28' or substr(j #>> '{}', 9, 2)::int
      <= extract(day from make_date(substr(j #>> '{}', 1, 4)::int, substr(j #>> '{}', 6, 2)::int, 1) + interval '1 month' - interval '1 day')
    end, false)
$$;

create or replace function cogcommit.is_absent(j jsonb) returns boolean language sql immutable as $$
  select j is null or jsonb_typeof(j) = 'null'
$$;

-- (Characters are counted where bytes do not tell: no text has more of them than it has bytes.)
create or replace function cogcommit.is_text(j jsonb, longest int) returns boolean language sql immutable as $$
  select coalesce(jsonb_typeof(j) = 'string' and (octet_length(j #>> '{}') <= longest or length(j #>> '{}') <= longest), false)
$$;

create or replace function cogcommit.is_text_or_absent(j jsonb, longest int) returns boolean language sql immutable as $$
  select j is null or jsonb_typeof(j) = 'null' or (jsonb_typeof(j) = 'string' and (octet_length(j #>> '{}') <= longest or length(j #>> '{}') <= longest))
$$;

create or replace function cogcommit.is_flag_or_absent(j jsonb) returns boolean language sql immutable as $$
  select j is null or jsonb_typeof(j) in ('null', 'boolean')
$$;

-- One that is written without a fraction: 1.0 is none, 1e3 is one.
create or replace function cogcommit.is_int(j jsonb, low bigint, high bigint) returns boolean language sql immutable as $$
  select coalesce(case when jsonb_typeof(j) = 'number' then scale(j::numeric) = 0 and j::numeric between low and high end, false)
$$;

create or replace function cogcommit.is_int_or_absent(j jsonb, low bigint, high bigint) returns boolean language sql immutable as $$
  select j is null or jsonb_typeof(j) = 'null' or cogcommit.is_int(j, low, high)
$$;

create or replace function cogcommit.is_texts_or_absent(j jsonb) returns boolean language sql immutable as $$
  select j is null or jsonb_typeof(j) = 'null' or (jsonb_typeof(j) = 'array' and not jsonb_path_exists(j, 'strict $[*] ? (@.type() != "string")'))
$$;

-- Deeper than any row of ours may be: 256 levels of a tool's own input, below the call and the list of calls. The walk ends at that level,
-- and is a fraction of what printing the value would cost.
create or replace function cogcommit.is_too_deep(j jsonb) returns boolean language sql immutable as $$
  select jsonb_path_exists(j, '$.**{260}')
$$;

create or replace function cogcommit.is_calls_or_absent(j jsonb) returns boolean language sql immutable as $$
  select j is null or jsonb_typeof(j) = 'null' or (jsonb_typeof(j) = 'array' and not jsonb_path_exists(j, 'strict $[*].type() ? (@ != "object")'))
$$;

-- (Nearly every usage is four whole numbers and nothing else, which its print shows: asking for each costs twice as much. A long one is not printed.
-- Stable, as pg_column_size: PostgreSQL unfolds no function into a query that claims to be steadier than its body.)
create or replace function cogcommit.is_usage_or_absent(j jsonb) returns boolean language sql stable as $$
  select j is null or jsonb_typeof(j) = 'null' or (jsonb_typeof(j) = 'object' and (case when pg_column_size(j) < 500 then j::text !~ ': [^0-9]|[.]|[0-9]{13}' else false end
    or cogcommit.is_int_or_absent(j -> 'input_tokens', 0, 1000000000000)
    and cogcommit.is_int_or_absent(j -> 'output_tokens', 0, 1000000000000)
    and cogcommit.is_int_or_absent(j -> 'cache_creation_input_tokens', 0, 1000000000000)
    and cogcommit.is_int_or_absent(j -> 'cache_read_input_tokens', 0, 1000000000000)))
$$;

-- Why a row is refused; null: it is not.

create or replace function cogcommit.captured_problem(j jsonb) returns text language sql immutable as $$
  select case
    when jsonb_typeof(j) <> 'object' then 'captured is no object'
    when not cogcommit.is_text(j -> 'source', 100) then 'source'
    when not cogcommit.is_text_or_absent(j -> 'agent_session_id', 500) then 'agent_session_id'
    when not cogcommit.is_text_or_absent(j -> 'project', 300) then 'project'
    when not cogcommit.is_text_or_absent(j -> 'branch', 2000) then 'branch'
    when not cogcommit.is_text_or_absent(j -> 'git_hash', 100) then 'git_hash'
    when not cogcommit.is_texts_or_absent(j -> 'git_hashes') then 'git_hashes'
    when not cogcommit.is_text_or_absent(j -> 'git_subject', 10000) then 'git_subject'
    when not cogcommit.is_time(j -> 'started_at') then 'started_at'
    when not cogcommit.is_time(j -> 'closed_at') then 'closed_at'
    when coalesce(j ->> 'closed_by', '') not in ('git_commit', 'session_end', 'explicit') then 'closed_by'
    when not cogcommit.is_text_or_absent(j -> 'closed_after', 200) then 'closed_after'
    when not cogcommit.is_flag_or_absent(j -> 'parallel') then 'parallel'
    when not cogcommit.is_texts_or_absent(j -> 'files_read') then 'files_read'
    when not cogcommit.is_texts_or_absent(j -> 'files_changed') then 'files_changed'
    when not cogcommit.is_text_or_absent(j -> 'derived_title', 2000) then 'derived_title'
    when not cogcommit.is_int_or_absent(j -> 'turn_count', 0, 2147483647) then 'turn_count'
    when not cogcommit.is_int_or_absent(j -> 'prompt_count', 0, 2147483647) then 'prompt_count'
    when not cogcommit.is_int_or_absent(j -> 'bytes', 0, 1000000000000) then 'bytes'
    when not cogcommit.is_text_or_absent(j -> 'machine_id', 200) then 'machine_id'
    when not cogcommit.is_text(j -> 'rev', 500) then 'rev'
    when not cogcommit.is_text(j -> 'hash', 200) then 'hash'
    when octet_length(j::text) > 1500000 then 'larger than 1 MB'
  end
$$;

create or replace function cogcommit.curated_problem(j jsonb) returns text language sql immutable as $$
  select case
    when jsonb_typeof(j) <> 'object' then 'curated is no object'
    when not cogcommit.is_text_or_absent(j -> 'title', 2000) then 'title'
    when not cogcommit.is_flag_or_absent(j -> 'title_set') then 'title_set'
    when not cogcommit.is_text_or_absent(j -> 'project', 300) then 'project'
    when not cogcommit.is_flag_or_absent(j -> 'published') then 'published'
    when not cogcommit.is_flag_or_absent(j -> 'hidden') then 'hidden'
    when not cogcommit.is_int_or_absent(j -> 'display_order', -2147483648, 2147483647) then 'display_order'
    when not (cogcommit.is_absent(j -> 'deleted_at') or cogcommit.is_time(j -> 'deleted_at')) then 'deleted_at'
    when not cogcommit.is_int(j -> 'version', 1, 1073741824) then 'version'
    when not cogcommit.is_time(j -> 'updated_at') then 'updated_at'
    when not cogcommit.is_text(j -> 'hash', 200) then 'hash'
  end
$$;

create or replace function cogcommit.session_problem(j jsonb) returns text language sql immutable as $$
  select case
    when jsonb_typeof(j) <> 'object' then 'the session is no object'
    when not cogcommit.is_uuid(j -> 'id') then 'id'
    when not cogcommit.is_uuid(j -> 'commit_id') then 'commit_id'
    when not cogcommit.is_text_or_absent(j -> 'agent_session_id', 500) then 'agent_session_id'
    when not cogcommit.is_flag_or_absent(j -> 'is_subagent') then 'is_subagent'
    when not cogcommit.is_time(j -> 'started_at') then 'started_at'
    when not cogcommit.is_time(j -> 'ended_at') then 'ended_at'
    when not cogcommit.is_text(j -> 'rev', 500) then 'rev'
    when not cogcommit.is_text(j -> 'hash', 200) then 'hash'
  end
$$;

-- Of a turn its fields, taken out of the row once: there are many turns, and each look into a row costs what the row is long.
create or replace function cogcommit.turn_problem(row_type text, has_id boolean, has_session_id boolean, ordinal jsonb, role jsonb, content jsonb, "timestamp" jsonb, model jsonb,
  tool_calls jsonb, interrupted jsonb, usage jsonb, triggers_visual jsonb, rev jsonb, hash jsonb) returns text language sql stable as $$
  select case
    when row_type <> 'object' then 'the turn is no object'
    when not has_id then 'id'
    when not has_session_id then 'session_id'
    when not cogcommit.is_int(ordinal, 0, 9007199254740991) then 'ordinal'
    when coalesce(role #>> '{}', '') not in ('user', 'assistant') then 'role'
    when not cogcommit.is_text_or_absent(content, 4194304) then 'content'
    when not cogcommit.is_time("timestamp") then 'timestamp'
    when not cogcommit.is_text_or_absent(model, 300) then 'model'
    when not cogcommit.is_calls_or_absent(tool_calls) then 'tool_calls'
    when not cogcommit.is_flag_or_absent(interrupted) then 'interrupted'
    when not cogcommit.is_usage_or_absent(usage) then 'usage'
    when not cogcommit.is_flag_or_absent(triggers_visual) then 'triggers_visual'
    when not cogcommit.is_text(rev, 500) then 'rev'
    when not cogcommit.is_text(hash, 200) then 'hash'
    when cogcommit.is_too_deep(tool_calls) then 'tool_calls are nested too deep'
  end
$$;

create or replace function cogcommit.visual_problem(j jsonb) returns text language sql immutable as $$
  select case
    when jsonb_typeof(j) <> 'object' then 'the visual is no object'
    when not cogcommit.is_uuid(j -> 'id') then 'id'
    when not cogcommit.is_uuid(j -> 'commit_id') then 'commit_id'
    when not (cogcommit.is_absent(j -> 'turn_id') or cogcommit.is_uuid(j -> 'turn_id')) then 'turn_id'
    when not cogcommit.is_text(j -> 'type', 100) then 'type'
    when not cogcommit.is_time(j -> 'captured_at') then 'captured_at'
    when not cogcommit.is_text_or_absent(j -> 'caption', 10000) then 'caption'
    -- It names a file on every device: nothing but a SHA-256 may stand there.
    when not (cogcommit.is_absent(j -> 'content_hash') or cogcommit.is_text(j -> 'content_hash', 64) and j ->> 'content_hash' ~ '^[0-9a-f]{64}$') then 'content_hash'
    when not cogcommit.is_int(j -> 'byte_size', 0, 52428800) then 'byte_size'
    when not cogcommit.is_text_or_absent(j -> 'mime', 200) then 'mime'
    when not cogcommit.is_int(j -> 'version', 1, 1073741824) then 'version'
    when not cogcommit.is_time(j -> 'updated_at') then 'updated_at'
    when not (cogcommit.is_absent(j -> 'deleted_at') or cogcommit.is_time(j -> 'deleted_at')) then 'deleted_at'
    when not cogcommit.is_text(j -> 'rev', 500) then 'rev'
    when not cogcommit.is_text(j -> 'hash', 200) then 'hash'
  end
$$;

revoke all on all functions in schema cogcommit from public, anon, authenticated;
