using CogCommit.Core.Capture.Rows;
using CogCommit.Core.Rows;
using CogCommit.Core.Store;

namespace CogCommit.Core.Tests.Store;

/// <summary>What a writer puts into the index himself is what the view says, to the letter; where he cannot know, he leaves it to the trigger.</summary>
public sealed class TurnTextsTests : IDisposable
{
    private readonly TempStore _temp = new();

    public TurnTextsTests() => new StoreBuilder(_temp.Store).Commit("c").Session("s");

    public void Dispose() => _temp.Dispose();

    public static TheoryData<string?, string, string?, bool> Turns => new()
    {
        { "please retry", "{}", null, true },
        { null, "", "out", true },
        { "", """{"command":"ls -l"}""", "", true },
        { "Größe – déjà vu ✓", """{"a":"é","b":{"c":["x",{"d":"y"}]}}""", "zwei\nZeilen", true },
        { "t", """{"n":1,"big":123456789012345678,"minus":-5,"zero":0,"yes":true,"no":false,"none":null}""", "r", true },
        { "t", """{"a":"\u0041\n\"q\" \\ \/","a":"twice"}""", "r", true },
        { "t", "\"only a text\"", "r", true },
        { "t", "[]", null, true },
        { "t", """{"n":1.50}""", "r", false },
        { "t", """{"n":1e3}""", "r", false },
        { "t", """{"n":-0}""", "r", false },
        { "t", """{"n":1234567890123456789012}""", "r", false },
        { "検索", "{}", "r", false },
        { "t", """{"a":"\u691c"}""", "r", false },
        { "t", "{}", "한국", false },
        { "smile 🙂", "{}", "r", false },
        { new string('x', 262_145), "{}", "r", false },
    };

    [Theory]
    [MemberData(nameof(Turns))]
    public void The_index_holds_what_the_view_says(string? content, string input, string? result, bool byWriter)
    {
        foreach (var role in (string[])["user", "assistant"])
        {
            var turn = new CapturedTurn
            {
                Id = role,
                SessionId = "s",
                Role = role,
                Content = content,
                Timestamp = StoreBuilder.Start,
                ToolCalls = [Call(input, result), Call(input, result)],
            };
            var texts = TurnTexts.Of(turn.Role, turn.Content, turn.ToolCalls);
            Assert.Equal(byWriter, texts is not null);
            _temp.Store.Write(transaction => new RowWriter(transaction, null).Write(turn, "1", force: false));
            if (texts is not null)
            {
                Assert.Equal(texts, View(role));
            }
        }

        AssertWhole();
        _temp.Store.Write(transaction => transaction.Execute("delete from turns"));
        AssertWhole();
        Assert.Equal(0L, Scalar("select count(*) from temp.is_there"));
    }

    [Fact]
    public void A_turn_that_others_insert_in_the_same_transaction_is_indexed_by_the_trigger()
    {
        _temp.Store.Write(transaction =>
        {
            new RowWriter(transaction, null).Write(
                new CapturedTurn { Id = "a", SessionId = "s", Role = "user", Content = "lamp", Timestamp = StoreBuilder.Start }, "1", force: false);
            transaction.Execute("insert into turns (id, session_id, role, content, timestamp) values ('b', 's', 'user', 'lantern', '')");
        });
        // Said again with other words: an update, and the trigger's.
        _temp.Store.Write(transaction => new RowWriter(transaction, null).Write(
            new CapturedTurn { Id = "a", SessionId = "s", Role = "user", Content = "lamp post", Timestamp = StoreBuilder.Start }, "2", force: false));

        AssertWhole();
        Assert.Equal(3L, Scalar("select count(*) from temp.is_there"));
        Assert.Equal("", Scalar("select turn_id from indexed_by_writer"));
    }

    private static ToolCall Call(string input, string? result) => new() { Name = "Bash", Input = input, Result = result };

    private TurnTexts View(string id)
    {
        TurnTexts? texts = null;
        _temp.Store.Write(transaction =>
        {
            using var row = transaction.Prepare("select v.* from turn_texts v join turns t on t.row = v.row where t.id = $id").With("$id", id).ExecuteReader();
            Assert.True(row.Read());
            string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);
            texts = new TurnTexts(Text(1), Text(2), Text(3), Text(4));
            Assert.True(row.IsDBNull(5));
        });
        return texts!;
    }

    /// <summary>Each word at each place as in an index made anew from what the rows say now.</summary>
    private void AssertWhole()
    {
        _temp.Store.Write(transaction =>
        {
            transaction.Execute("insert into turn_index (turn_index) values ('integrity-check')");
            transaction.Execute("drop table if exists temp.is_there");
            transaction.Execute("drop table if exists temp.should_be");
            transaction.Execute("drop table if exists temp.anew");
            transaction.Execute("create virtual table temp.anew using fts5(prompt, answer, tool_input, tool_result, spaced, tokenize = 'unicode61 remove_diacritics 2')");
            transaction.Execute("insert into temp.anew (rowid, prompt, answer, tool_input, tool_result, spaced) select * from turn_texts");
            transaction.Execute("create virtual table temp.is_there using fts5vocab('main', 'turn_index', 'instance')");
            transaction.Execute("create virtual table temp.should_be using fts5vocab('temp', 'anew', 'instance')");
        });
        Assert.Equal(0L, Scalar("""
            select (select count(*) from (select * from temp.is_there except select * from temp.should_be))
                 + (select count(*) from (select * from temp.should_be except select * from temp.is_there))
            """));
    }

    private object? Scalar(string sql) => _temp.Store.Write(transaction => transaction.Prepare(sql).ExecuteScalar());
}
