-- Full text: what is searched, and the triggers that keep it so for any writer, plain SQL included.
--
-- Tokenizer: unicode61, diacritics removed, no tokenchars. "foo_bar", "--dry-run", "src/a.cs" fall into their words, and a query term of
-- that shape becomes a phrase of them: so both the whole and each part are found ("bar" finds foo_bar), which tokenchars would prevent.
-- Chinese, Japanese and Korean are written without spaces between words, and unicode61 takes a whole run for one word. So the column
-- "spaced" holds a text with such characters once more, with U+200B around each; a query term with such characters is a phrase in it.
--
-- How the triggers go: before a change the old text is laid aside in *_before, after it the index forgets exactly that. A change that does
-- not happen (OR IGNORE, an upsert that becomes an update) fires no "after", and so forgets nothing; and what a REPLACE removed is
-- forgotten although SQLite fires no delete trigger for it.
--
-- Who writes many rows has them indexed afterwards (Store/FullTextLater), which he says by a row in full_text_later. Of FTS5 that is asked by an
-- engine's habit: each statement with a trigger is a savepoint, at which FTS5 writes out what it has gathered, so that each row becomes a segment of
-- the index, to be merged with the others again and again; each transaction's end is one, too. Then the triggers "_later" note which rows wait, and
-- lay aside the text that the index knows of each, once: what it is to forget. An outer OR REPLACE would also rule in them, hence no OR IGNORE.
-- The row may outlive the transaction, and him who wrote it: then whoever writes notes his rows, too, and who indexes next indexes all.
--
-- FTS5 refuses a view with json_each in its command 'rebuild' (it prepares that without virtual tables). To build an index anew:
-- insert into turn_index (turn_index) values ('delete-all'); insert into turn_index (rowid, prompt, ...) select * from turn_texts;

-- ascii: no character of it is beyond ASCII, told from what is stored, without taking the calls apart.
create view turn_raw_texts (row, prompt, answer, tool_input, tool_result, ascii) as
select row,
  case when role = 'user' then substr(content, 1, 262144) end,
  case when role <> 'user' then substr(content, 1, 262144) end,
  (select group_concat(substr(leaf.atom, 1, 262144), char(10))
     from json_each(case when json_valid(tool_calls) then tool_calls else '[]' end) call,
          json_tree(case when call.type = 'object' then call.value else '{}' end, '$.input') leaf where leaf.atom is not null),
  (select group_concat(substr(leaf.atom, 1, 262144), char(10))
     from json_each(case when json_valid(tool_calls) then tool_calls else '[]' end) call,
          json_tree(case when call.type = 'object' then call.value else '{}' end, '$.result') leaf where leaf.atom is not null),
  length(cast(coalesce(content, '') as blob)) = length(coalesce(content, ''))
    and length(cast(coalesce(tool_calls, '') as blob)) = length(coalesce(tool_calls, '')) and instr(coalesce(tool_calls, ''), '\u') = 0
from turns;

create view turn_texts (row, prompt, answer, tool_input, tool_result, spaced) as
select row, prompt, answer, tool_input, tool_result,
  case when not ascii then (
  with recursive
    -- Of each kind the first 32 K characters: taking a character out of a text costs its distance from the
    -- start, hence also the blocks and pieces.
    whole (text) as materialized (
      select coalesce(substr(prompt, 1, 32768), '') || char(10) || coalesce(substr(answer, 1, 32768), '') || char(10)
          || coalesce(substr(tool_input, 1, 32768), '') || char(10) || coalesce(substr(tool_result, 1, 32768), '')),
    block (i, text, length) as (
      select 0, substr(text, 1, 16384), length(text) from whole where length(cast(text as blob)) > length(text) and text glob '*[⺀-〿ぁ-ヿ㄀-鿿가-힣豈-﫿ｦ-ﾟ𠀀-𿿽]*'
      union all
      select i + 1, (select substr(whole.text, (i + 1) * 16384 + 1, 16384) from whole), length from block where (i + 1) * 16384 < length),
    piece (i, text, rest) as (
      select i * 1000, substr(text, 1, 128), substr(text, 129) from block
      union all
      select i + 1, substr(rest, 1, 128), substr(rest, 129) from piece where rest <> ''
      order by 1),
    place (n) as (select 1 union all select n + 1 from place where n < 128)
  select group_concat(
      case when substr(piece.text, n, 1) glob '[⺀-〿ぁ-ヿ㄀-鿿가-힣豈-﫿ｦ-ﾟ𠀀-𿿽]'
           then char(8203) || substr(piece.text, n, 1) || char(8203) else substr(piece.text, n, 1) end, '')
    from piece cross join place where n <= length(piece.text)) end
from turn_raw_texts;

create view commit_raw_texts (row, title, git_subject, files) as
select row,
  coalesce(case when title_set then nullif(title, '') end, derived_title),
  git_subject,
  (select group_concat(file.value, char(10)) from (
     select value from json_each(case when json_valid(files_changed) then files_changed else '[]' end)
     union all
     select value from json_each(case when json_valid(files_read) then files_read else '[]' end)) file)
from cognitive_commits;

create view commit_texts (row, title, git_subject, files, spaced) as
select row, title, git_subject, files, (
  with recursive
    whole (text) as materialized (select coalesce(title, '') || char(10) || coalesce(git_subject, '') || char(10) || coalesce(substr(files, 1, 32768), '')),
    piece (i, text, rest) as (
      select 0, substr(text, 1, 128), substr(text, 129) from whole where length(cast(text as blob)) > length(text) and text glob '*[⺀-〿ぁ-ヿ㄀-鿿가-힣豈-﫿ｦ-ﾟ𠀀-𿿽]*'
      union all
      select i + 1, substr(rest, 1, 128), substr(rest, 129) from piece where rest <> ''
      order by 1),
    place (n) as (select 1 union all select n + 1 from place where n < 128)
  select group_concat(
      case when substr(piece.text, n, 1) glob '[⺀-〿ぁ-ヿ㄀-鿿가-힣豈-﫿ｦ-ﾟ𠀀-𿿽]'
           then char(8203) || substr(piece.text, n, 1) || char(8203) else substr(piece.text, n, 1) end, '')
    from piece cross join place where n <= length(piece.text))
from commit_raw_texts;

-- A row while rows wait for the index, or may come to.
create table full_text_later (waits integer primary key);

create virtual table turn_index using fts5(prompt, answer, tool_input, tool_result, spaced,
  content = 'turn_texts', content_rowid = 'row', tokenize = 'unicode61 remove_diacritics 2', prefix = '3');

-- What is gathered before it is written out: a megabyte, as FTS5 has it, makes an import write and merge more pieces, and take a tenth longer.
insert into turn_index (turn_index, rank) values ('hashsize', 4194304);

create table turn_index_later (row integer primary key);

create table turn_texts_before (row integer primary key, prompt, answer, tool_input, tool_result, spaced);

create trigger turns_insert_before before insert on turns
when not exists (select 1 from full_text_later) and exists (select 1 from turns where id = new.id or row = new.row) begin
  delete from turn_texts_before;
  insert into turn_texts_before select * from turn_texts where row in (select row from turns where id = new.id or row = new.row);
end;

create trigger turns_insert_after after insert on turns when not exists (select 1 from full_text_later) begin
  insert into turn_index (turn_index, rowid, prompt, answer, tool_input, tool_result, spaced)
    select 'delete', * from turn_texts_before b where row = new.row or not exists (select 1 from turns where row = b.row);
  delete from turn_texts_before;
  insert into turn_index (rowid, prompt, answer, tool_input, tool_result, spaced) select * from turn_texts where row = new.row;
end;

create trigger turns_update_before before update of row, id, role, content, tool_calls on turns
when not exists (select 1 from full_text_later) and (old.row <> new.row or old.id <> new.id or old.role is not new.role or old.content is not new.content or old.tool_calls is not new.tool_calls) begin
  delete from turn_texts_before;
  insert into turn_texts_before select * from turn_texts where row in (select row from turns where row = old.row or row = new.row or id = new.id);
end;

create trigger turns_update_after after update of row, id, role, content, tool_calls on turns
when not exists (select 1 from full_text_later) and (old.row <> new.row or old.id <> new.id or old.role is not new.role or old.content is not new.content or old.tool_calls is not new.tool_calls) begin
  insert into turn_index (turn_index, rowid, prompt, answer, tool_input, tool_result, spaced)
    select 'delete', * from turn_texts_before b where row in (old.row, new.row) or not exists (select 1 from turns where row = b.row);
  delete from turn_texts_before;
  insert into turn_index (rowid, prompt, answer, tool_input, tool_result, spaced) select * from turn_texts where row = new.row;
end;

create trigger turns_delete_before before delete on turns when not exists (select 1 from full_text_later) begin
  insert or replace into turn_texts_before select * from turn_texts where row = old.row;
end;

create trigger turns_delete_after after delete on turns when not exists (select 1 from full_text_later) begin
  insert into turn_index (turn_index, rowid, prompt, answer, tool_input, tool_result, spaced) select 'delete', * from turn_texts_before where row = old.row;
  delete from turn_texts_before where row = old.row;
end;

create trigger turns_insert_before_later before insert on turns
when exists (select 1 from full_text_later) and exists (select 1 from turns where id = new.id or row = new.row) begin
  insert into turn_texts_before select * from turn_texts where row in (select row from turns where id = new.id or row = new.row) and row not in (select row from turn_texts_before) and row not in (select row from turn_index_later);
end;

create trigger turns_insert_after_later after insert on turns when exists (select 1 from full_text_later) begin
  insert into turn_index_later select new.row where new.row not in (select row from turn_index_later);
end;

create trigger turns_update_before_later before update of row, id, role, content, tool_calls on turns
when exists (select 1 from full_text_later) and (old.row <> new.row or old.id <> new.id or old.role is not new.role or old.content is not new.content or old.tool_calls is not new.tool_calls) begin
  insert into turn_texts_before select * from turn_texts where row in (select row from turns where row = old.row or row = new.row or id = new.id) and row not in (select row from turn_texts_before) and row not in (select row from turn_index_later);
end;

create trigger turns_update_after_later after update of row, id, role, content, tool_calls on turns
when exists (select 1 from full_text_later) and (old.row <> new.row or old.id <> new.id or old.role is not new.role or old.content is not new.content or old.tool_calls is not new.tool_calls) begin
  insert into turn_index_later select new.row where new.row not in (select row from turn_index_later);
end;

create trigger turns_delete_before_later before delete on turns when exists (select 1 from full_text_later) begin
  insert into turn_texts_before select * from turn_texts where row = old.row and row not in (select row from turn_texts_before) and row not in (select row from turn_index_later);
end;

create virtual table commit_index using fts5(title, git_subject, files, spaced,
  content = 'commit_texts', content_rowid = 'row', tokenize = 'unicode61 remove_diacritics 2', prefix = '3');

create table commit_index_later (row integer primary key);

create table commit_texts_before (row integer primary key, title, git_subject, files, spaced);

create trigger cognitive_commits_insert_before before insert on cognitive_commits
when not exists (select 1 from full_text_later) and exists (select 1 from cognitive_commits where id = new.id or row = new.row) begin
  delete from commit_texts_before;
  insert into commit_texts_before select * from commit_texts where row in (select row from cognitive_commits where id = new.id or row = new.row);
end;

create trigger cognitive_commits_insert_after after insert on cognitive_commits when not exists (select 1 from full_text_later) begin
  insert into commit_index (commit_index, rowid, title, git_subject, files, spaced)
    select 'delete', * from commit_texts_before b where row = new.row or not exists (select 1 from cognitive_commits where row = b.row);
  delete from commit_texts_before;
  insert into commit_index (rowid, title, git_subject, files, spaced) select * from commit_texts where row = new.row;
end;

create trigger cognitive_commits_update_before before update of row, id, title, title_set, derived_title, git_subject, files_read, files_changed on cognitive_commits
when not exists (select 1 from full_text_later) and (old.row <> new.row or old.id <> new.id or old.title is not new.title or old.title_set is not new.title_set or old.derived_title is not new.derived_title or old.git_subject is not new.git_subject or old.files_read is not new.files_read or old.files_changed is not new.files_changed) begin
  delete from commit_texts_before;
  insert into commit_texts_before select * from commit_texts where row in (select row from cognitive_commits where row = old.row or row = new.row or id = new.id);
end;

create trigger cognitive_commits_update_after after update of row, id, title, title_set, derived_title, git_subject, files_read, files_changed on cognitive_commits
when not exists (select 1 from full_text_later) and (old.row <> new.row or old.id <> new.id or old.title is not new.title or old.title_set is not new.title_set or old.derived_title is not new.derived_title or old.git_subject is not new.git_subject or old.files_read is not new.files_read or old.files_changed is not new.files_changed) begin
  insert into commit_index (commit_index, rowid, title, git_subject, files, spaced)
    select 'delete', * from commit_texts_before b where row in (old.row, new.row) or not exists (select 1 from cognitive_commits where row = b.row);
  delete from commit_texts_before;
  insert into commit_index (rowid, title, git_subject, files, spaced) select * from commit_texts where row = new.row;
end;

create trigger cognitive_commits_delete_before before delete on cognitive_commits when not exists (select 1 from full_text_later) begin
  insert or replace into commit_texts_before select * from commit_texts where row = old.row;
end;

create trigger cognitive_commits_delete_after after delete on cognitive_commits when not exists (select 1 from full_text_later) begin
  insert into commit_index (commit_index, rowid, title, git_subject, files, spaced) select 'delete', * from commit_texts_before where row = old.row;
  delete from commit_texts_before where row = old.row;
end;

create trigger cognitive_commits_insert_before_later before insert on cognitive_commits
when exists (select 1 from full_text_later) and exists (select 1 from cognitive_commits where id = new.id or row = new.row) begin
  insert into commit_texts_before select * from commit_texts where row in (select row from cognitive_commits where id = new.id or row = new.row) and row not in (select row from commit_texts_before) and row not in (select row from commit_index_later);
end;

create trigger cognitive_commits_insert_after_later after insert on cognitive_commits when exists (select 1 from full_text_later) begin
  insert into commit_index_later select new.row where new.row not in (select row from commit_index_later);
end;

create trigger cognitive_commits_update_before_later before update of row, id, title, title_set, derived_title, git_subject, files_read, files_changed on cognitive_commits
when exists (select 1 from full_text_later) and (old.row <> new.row or old.id <> new.id or old.title is not new.title or old.title_set is not new.title_set or old.derived_title is not new.derived_title or old.git_subject is not new.git_subject or old.files_read is not new.files_read or old.files_changed is not new.files_changed) begin
  insert into commit_texts_before select * from commit_texts where row in (select row from cognitive_commits where row = old.row or row = new.row or id = new.id) and row not in (select row from commit_texts_before) and row not in (select row from commit_index_later);
end;

create trigger cognitive_commits_update_after_later after update of row, id, title, title_set, derived_title, git_subject, files_read, files_changed on cognitive_commits
when exists (select 1 from full_text_later) and (old.row <> new.row or old.id <> new.id or old.title is not new.title or old.title_set is not new.title_set or old.derived_title is not new.derived_title or old.git_subject is not new.git_subject or old.files_read is not new.files_read or old.files_changed is not new.files_changed) begin
  insert into commit_index_later select new.row where new.row not in (select row from commit_index_later);
end;

create trigger cognitive_commits_delete_before_later before delete on cognitive_commits when exists (select 1 from full_text_later) begin
  insert into commit_texts_before select * from commit_texts where row = old.row and row not in (select row from commit_texts_before) and row not in (select row from commit_index_later);
end;
