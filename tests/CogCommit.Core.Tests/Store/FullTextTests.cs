using System.Text;
using System.Text.RegularExpressions;
using CogCommit.Core.Store;
using CsCheck;

namespace CogCommit.Core.Tests.Store;

/// <summary>The index says what the rows say, whoever writes them: written with plain SQL alone, in a transaction that indexes at its end, or in several that leave it to another.</summary>
public sealed class FullTextTests : FullTextFixture
{
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
        Store.Write(transaction =>
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
        Store.IndexWhatWaits();
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
        Store.Write(transaction => transaction.Execute("update cognitive_commits set hidden = 1"));
        Assert.Equal("", Found("third"));

        // A page of a pull.
        Store.Write(transaction => transaction.IndexLater());
        Assert.Equal("1", Found("third"));
        AssertWhole();
    }

    [Fact]
    public void An_index_made_anew_waits_for_nothing()
    {
        Leave("insert into turns (row, id, session_id, role, content, timestamp) values (2, 'b', 's', 'user', 'second', '')");
        FullTextIndex.Rebuild(Store, null, TestContext.Current.CancellationToken);
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
        Store.Write(transaction =>
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
        Assert.Throws<InvalidOperationException>(() => Store.Write(transaction =>
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
        using var command = Plain.CreateCommand();
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
        using var command = Plain.CreateCommand();
        command.CommandText = "select group_concat(id || ' ' || hex(block), ' ') from (select id, block from turn_index_data order by id)";
        return (string)command.ExecuteScalar()!;
    }
}
