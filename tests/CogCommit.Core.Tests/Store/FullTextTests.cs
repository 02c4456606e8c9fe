using System.Text;
using System.Text.RegularExpressions;
using CogCommit.Core.Store;
using CsCheck;
using Microsoft.Data.Sqlite;

namespace CogCommit.Core.Tests.Store;

/// <summary>The index says what the rows say, whoever writes them: written with plain SQL alone, in a transaction that indexes at its end, or in several that leave it to another.</summary>
public sealed class FullTextTests : IDisposable
{
    private readonly TempHome _temp = new();
    private readonly StoreFile _store;
    private readonly SqliteConnection _plain;

    public FullTextTests()
    {
        _store = StoreFile.Open(_temp.Home);
        // As any other program would open it: no pragma of ours.
        _plain = new SqliteConnection($"Data Source={_temp.Home.DatabasePath};Pooling=False;Foreign Keys=True");
        _plain.Open();
        Run("insert into cognitive_commits (id, started_at, closed_at, closed_by, updated_at) values ('c', '', '', 'session_end', '')");
        Run("insert into sessions (id, commit_id, started_at, ended_at) values ('s', 'c', '', '')");
    }

    public void Dispose()
    {
        _plain.Dispose();
        _store.Dispose();
        _temp.Dispose();
    }

    private int Run(string sql, params (string, object?)[] parameters)
    {
        using var command = _plain.CreateCommand();
        command.CommandText = sql;
        return command.With(parameters).ExecuteNonQuery();
    }

    private string Found(string match, string index = "turn_index")
    {
        using var command = _plain.CreateCommand();
        command.CommandText = $"select coalesce(group_concat(row, ','), '') from (select rowid as row from {index} where {index} match $match order by rowid)";
        return (string)command.With("$match", match).ExecuteScalar()!;
    }

    private void AssertWhole()
    {
        AssertWhole("turn_index", "turn_texts", "prompt, answer, tool_input, tool_result, spaced");
        AssertWhole("commit_index", "commit_texts", "title, git_subject, files, spaced");
    }

    /// <summary>FTS5's own check of the index, and each word at each place as in an index made anew from what the rows say now.</summary>
    private void AssertWhole(string index, string view, string columns)
    {
        Run($"insert into {index} ({index}) values ('integrity-check')");
        Run($"""
            create virtual table temp.anew using fts5({columns}, tokenize = 'unicode61 remove_diacritics 2');
            insert into temp.anew (rowid, {columns}) select * from {view};
            create virtual table temp.is_there using fts5vocab('main', '{index}', 'instance');
            create virtual table temp.should_be using fts5vocab('temp', 'anew', 'instance');
            """);
        using (var command = _plain.CreateCommand())
        {
            command.CommandText = """
                select (select count(*) from (select * from temp.is_there except select * from temp.should_be))
                     + (select count(*) from (select * from temp.should_be except select * from temp.is_there))
                """;
            Assert.Equal(0L, command.ExecuteScalar());
        }

        Run("drop table temp.is_there; drop table temp.should_be; drop table temp.anew");
    }

    [Fact]
    public void Prompts_answers_inputs_and_results_are_found_and_each_in_its_column()
    {
        Run("""
            insert into turns (row, id, session_id, role, content, timestamp, tool_calls) values
            (1, 'a', 's', 'user', 'please retry', '', null),
            (2, 'b', 's', 'assistant', 'done so', '', '[{"id":"x","name":"Bash","input":{"command":"ls\nbackoff","deep":[{"n":1}]},"result":"line\nSUCCESS"}]')
            """);
        Assert.Equal("1", Found("prompt : retry"));
        Assert.Equal("2", Found("answer : done"));
        Assert.Equal("2", Found("tool_input : backoff"));
        Assert.Equal("2", Found("tool_result : success"));
        Assert.Equal("", Found("command"));
        Assert.Equal("", Found("name"));
        AssertWhole();
    }

    [Theory]
    [InlineData("{broken")]
    [InlineData("""["text", 3, null, {"input": null}, {"input": "plain"}]""")]
    [InlineData("""{"input": {"a": "plain"}}""")]
    [InlineData("\"plain\"")]
    [InlineData("")]
    public void Tool_calls_of_any_shape_are_stored_and_deleted(string toolCalls)
    {
        Run("insert into turns (id, session_id, role, content, timestamp, tool_calls) values ('a', 's', 'assistant', 'x', '', $c)", ("$c", toolCalls));
        AssertWhole();
        Run("delete from turns");
        AssertWhole();
    }

    [Fact]
    public void Parts_of_identifiers_flags_and_paths_are_found()
    {
        Run("insert into turns (row, id, session_id, role, content, timestamp) values (1, 'a', 's', 'user', 'run foo_bar --dry-run in src/Core/a.cs, café', '')");
        foreach (var match in new[] { "bar", "\"foo_bar\"", "\"--dry-run\"", "\"src/core/a.cs\"", "core", "cafe", "dry*" })
        {
            Assert.Equal("1", Found(match));
        }
    }

    [Fact]
    public void Within_text_without_spaces_each_character_is_found()
    {
        Run("insert into turns (row, id, session_id, role, content, timestamp) values (1, 'a', 's', 'user', '我们的世界test', ''), (2, 'b', 's', 'user', 'plain', '')");
        Assert.Equal("1", Found("spaced : \"世 界\""));
        Assert.Equal("1", Found("spaced : \"世 界 test\""));
        Assert.Equal("", Found("spaced : \"界 世\""));
        Assert.Equal("", Found("spaced : plain"));
        AssertWhole();
    }

    [Fact]
    public void Escaped_characters_of_a_tool_call_are_found_as_they_read()
    {
        Run("""
            insert into turns (row, id, session_id, role, content, timestamp, tool_calls) values
            (1, 'a', 's', 'assistant', 'plain', '', '[{"name":"Bash","input":{"text":"\u4e16\u754c"},"result":"plain"}]')
            """);
        Assert.Equal("1", Found("spaced : \"世 界\""));
        AssertWhole();
    }

    [Fact]
    public void A_long_text_without_spaces_keeps_its_order()
    {
        var text = string.Concat(Enumerable.Range(0, 40_000).Select(i => (char)(0x4E00 + (i % 20_000))));
        Run("insert into turns (row, id, session_id, role, content, timestamp) values (1, 'a', 's', 'user', $text, '')", ("$text", text));
        Assert.Equal("1", Found($"spaced : \"{string.Join(' ', text.Substring(16_380, 10).ToCharArray())}\""));
        Assert.Equal("1", Found($"spaced : \"{string.Join(' ', text.Substring(120, 20).ToCharArray())}\""));
        AssertWhole();
    }

    [Fact]
    public void A_commit_is_found_by_the_title_that_is_shown_its_subject_and_its_files()
    {
        Run("update cognitive_commits set derived_title = 'derived', git_subject = 'subject', files_changed = '[\"src/one.cs\"]', files_read = '[\"two.md\"]'");
        Assert.Equal("1,1,1,1", string.Join(',', new[] { "derived", "subject", "one", "two" }.Select(w => Found(w, "commit_index"))));
        Run("update cognitive_commits set title = 'mine', title_set = 1");
        Assert.Equal("1", Found("mine", "commit_index"));
        Assert.Equal("", Found("derived", "commit_index"));
        AssertWhole();
    }

    [Fact]
    public void What_a_REPLACE_removes_is_forgotten_though_no_delete_trigger_fires()
    {
        Run("insert into turns (row, id, session_id, role, content, timestamp) values (1, 'a', 's', 'user', 'first', ''), (2, 'b', 's', 'user', 'second', '')");
        Run("insert or replace into turns (row, id, session_id, role, content, timestamp) values (2, 'a', 's', 'user', 'third', '')");
        Assert.Equal(("", "", "2"), (Found("first"), Found("second"), Found("third")));
        AssertWhole();
    }

    [Fact]
    public void Whatever_is_done_to_the_rows_the_index_says_what_they_say() => Steps.Sample(steps =>
    {
        Empty();
        RunAll(steps);

        AssertWhole();
    }, iter: 200, threads: 1);

    [Fact]
    public void A_transaction_that_indexes_at_its_end_leaves_the_same_index_whatever_it_does() => Gen.Select(Steps, Steps, Steps).Sample((before, within, after) =>
    {
        Empty();
        RunAll(before);
        _store.Write(transaction =>
        {
            transaction.IndexLater();
            foreach (var (sql, values) in within.Select(Statement))
            {
                transaction.Execute(sql, values);
            }
        });
        AssertWhole();
        RunAll(after);
        AssertWhole();
    }, iter: 200, threads: 1);

    [Fact]
    public void What_several_transactions_leave_to_wait_comes_into_the_index_with_the_next_whoever_writes_meanwhile() => Gen.Select(Steps, Steps, Steps, Steps).Sample((before, first, meanwhile, second) =>
    {
        Empty();
        RunAll(before);
        Leave(first);
        // Another program, which knows nothing of it.
        RunAll(meanwhile);
        Leave(second);
        RunAll(meanwhile);
        _store.IndexWhatWaits();
        AssertWhole();
        RunAll(before);
        AssertWhole();
    }, iter: 100, threads: 1);

    [Fact]
    public void What_waits_is_not_found_as_it_was_and_nobody_indexes_it_by_the_way()
    {
        Run("insert into turns (row, id, session_id, role, content, timestamp) values (1, 'a', 's', 'user', 'first', ''), (2, 'b', 's', 'user', 'second', '')");
        Leave("update turns set content = 'third' where row = 1; delete from turns where row = 2");
        Assert.Equal(("", "", ""), (Found("first"), Found("second"), Found("third")));

        // An edit costs what it costs, whatever an import left.
        _store.Write(transaction => transaction.Execute("update cognitive_commits set hidden = 1"));
        Assert.Equal("", Found("third"));

        // A page of a pull.
        _store.Write(transaction => transaction.IndexLater());
        Assert.Equal("1", Found("third"));
        AssertWhole();
    }

    [Fact]
    public void An_index_made_anew_waits_for_nothing()
    {
        Leave("insert into turns (row, id, session_id, role, content, timestamp) values (2, 'b', 's', 'user', 'second', '')");
        FullTextIndex.Rebuild(_store, null, TestContext.Current.CancellationToken);
        Assert.Equal("2", Found("second"));
        Run("update turns set content = 'third'");
        Assert.Equal(("", "2"), (Found("second"), Found("third")));
        AssertWhole();
    }

    [Fact]
    public void What_a_transaction_writes_again_as_it_was_is_not_indexed_again()
    {
        Run("insert into turns (row, id, session_id, role, content, timestamp, tool_calls) values (1, 'a', 's', 'user', 'first 世界', '', '[{\"input\":{\"x\":\"one\"}}]'), (2, 'b', 's', 'user', 'second', '', null)");
        var pieces = Pieces();
        _store.Write(transaction =>
        {
            transaction.IndexLater();
            transaction.Execute("insert into turns (id, session_id, role, content, timestamp) select id, session_id, role, content, '' from turns where true on conflict (id) do update set rev = 'later'");
        });
        Assert.Equal(pieces, Pieces());
        AssertWhole();
    }

    [Fact]
    public void A_transaction_that_indexes_at_its_end_and_fails_leaves_rows_and_index_as_they_were()
    {
        Run("insert into turns (row, id, session_id, role, content, timestamp) values (1, 'a', 's', 'user', 'first', '')");
        Assert.Throws<InvalidOperationException>(() => _store.Write(transaction =>
        {
            transaction.IndexLater();
            transaction.Execute("update turns set content = 'second'");
            throw new InvalidOperationException();
        }));
        Run("insert into turns (row, id, session_id, role, content, timestamp) values (2, 'b', 's', 'user', 'third', '')");
        Assert.Equal(("1", "", "2"), (Found("first"), Found("second"), Found("third")));
        AssertWhole();
    }

    [Fact]
    public void A_character_that_is_indexed_for_itself_is_never_overlooked()
    {
        using var command = _plain.CreateCommand();
        command.CommandText = "select sql from sqlite_master where name = 'turn_texts'";
        var set = Regex.Match((string)command.ExecuteScalar()!, @"glob '\*(\[[^']*\])\*'").Groups[1].Value;
        command.CommandText = $"""
            with recursive point (n) as (select 1 union all select n + 1 from point where n < 1114111)
            select char(n) from point where n not between 55296 and 57343 and char(n) glob '{set}'
            """;
        using var reader = command.ExecuteReader();
        var found = 0;
        while (reader.Read())
        {
            found++;
            Assert.True(SpacedScripts.MayBeIn(Encoding.UTF8.GetBytes($"— ✓ {reader.GetString(0)} é")), reader.GetString(0));
            // As JSON may escape it.
            Assert.True(SpacedScripts.MayBeIn(Encoding.UTF8.GetBytes(string.Concat(reader.GetString(0).Select(half => $"\\u{(int)half:x4}")))), reader.GetString(0));
        }

        Assert.InRange(found, 80_000, 200_000);
        // As JSON escapes them, U+20000 by a pair.
        Assert.True(SpacedScripts.MayBeIn("""{"text":"\u001b[1m \u4e16"}"""u8));
        Assert.True(SpacedScripts.MayBeIn("""{"text":"\uD840\uDC00"}"""u8));
        Assert.True(SpacedScripts.MayBeIn("""{"text":"\ud55c"}"""u8));
        Assert.False(SpacedScripts.MayBeIn("""{"text":"\u001b[1m \u00e9 \uD83D\uDE00 src\\utils \u"}"""u8));
        Assert.False(SpacedScripts.MayBeIn("Typographic – “quotes” ✓ … é → 🎉 ⚙️"u8));
    }

    private string Pieces()
    {
        using var command = _plain.CreateCommand();
        command.CommandText = "select group_concat(id || ' ' || hex(block), ' ') from (select id, block from turn_index_data order by id)";
        return (string)command.ExecuteScalar()!;
    }

    private static readonly Gen<(int, int, int, int)[]> Steps = Gen.Select(Gen.Int[0, 11], Gen.Int[1, 4], Gen.Int[1, 4], Gen.Int[0, 3]).Array[1, 25];

    private void Empty() => Run("delete from turns; delete from cognitive_commits where id <> 'c'");

    private void RunAll((int, int, int, int)[] steps)
    {
        foreach (var (sql, values) in steps.Select(Statement))
        {
            Run(sql, values);
        }
    }

    private void Leave((int, int, int, int)[] steps) => Leave([.. steps.Select(Statement)]);

    private void Leave(params (string Sql, (string, object?)[] Values)[] statements) => _store.Write(transaction =>
    {
        transaction.IndexLater();
        transaction.LeaveIndex();
        foreach (var (sql, values) in statements)
        {
            transaction.Execute(sql, values);
        }
    });

    private void Leave(string sql) => Leave((sql, []));

    private static (string Sql, (string, object?)[] Values) Statement((int What, int One, int Two, int Which) step)
    {
        var text = new[] { "alpha", "beta 世界", "gamma_delta", "" }[step.Which];
        const string Turn = "into turns (row, id, session_id, role, content, timestamp, tool_calls) values ($a, 'id' || $b, 's', 'user', $t, '', $j)";
        const string Commit = "into cognitive_commits (row, id, derived_title, started_at, closed_at, closed_by, updated_at) values ($a + 1, 'id' || $b, $t, '', '', '', '')";
        var sql = step.What switch
        {
            0 => $"insert or ignore {Turn}",
            1 => $"insert or replace {Turn}",
            2 => $"insert {Turn} on conflict do update set content = excluded.content",
            3 => $"insert {Turn} on conflict do update set bytes = 1",
            4 => "delete from turns where id = 'id' || $a",
            5 => "update or replace turns set id = 'id' || $b where row = $a",
            6 => "update or ignore turns set id = 'id' || $b, content = $t, tool_calls = null where row = $a",
            7 => "update turns set content = $t, role = 'assistant' where row = $a",
            8 => $"insert or replace {Commit}",
            9 => "update cognitive_commits set title = $t, title_set = $a % 2 where row = $b",
            10 => "delete from cognitive_commits where row = $a + 1",
            _ => "delete from turns; insert into turns (id, session_id, role, content, timestamp) values ('id' || $a, 's', 'user', $t, '')",
        };
        return (sql, [("$a", step.One), ("$b", step.Two), ("$t", text), ("$j", $$"""[{"input":{"x":"{{text}}"},"result":"{{text}}"}]""")]);
    }
}
