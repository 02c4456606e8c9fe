using CogCommit.Core.Capture.Rows;
using CogCommit.Core.Rows;
using CogCommit.Core.Tests.Capture.Import;

namespace CogCommit.Core.Tests.Capture.Rows;

/// <summary>Turns are written several in a statement, and that shows nowhere.</summary>
public sealed class TurnWritingTests
{
    private static readonly DateTimeOffset Time = new(2026, 2, 11, 20, 36, 45, TimeSpan.Zero);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(16)]
    [InlineData(37)]
    public void However_many_there_are_each_has_its_own_values(int count)
    {
        using var store = new CapturedStore();
        var turns = Enumerable.Range(0, count).Select(i => (Turn($"turn {i}", i, $"text {i}"), "1")).ToList();
        Assert.Equal(Enumerable.Repeat(Written.New, count), Write(store, turns));
        Assert.Equal(
            Enumerable.Range(0, count).Select(i => $"turn {i} | {i} | text {i} | {i}"),
            store.Query("select id, ordinal, content, change_seq - (select min(change_seq) from turns) from turns order by ordinal"));

        // Again: nothing is written. Then every second one says more.
        Assert.Equal(Enumerable.Repeat(Written.Unchanged, count), Write(store, turns));
        turns = [.. turns.Select((turn, i) => i % 2 == 0 ? turn : (turn.Item1 with { Content = $"more {i}" }, "2"))];
        Assert.Equal(Enumerable.Range(0, count).Select(i => i % 2 == 0 ? Written.Unchanged : Written.Updated), Write(store, turns));
        Assert.Equal(
            Enumerable.Range(0, count).Select(i => $"turn {i} | {(i % 2 == 0 ? "text" : "more")} {i}"),
            store.Query("select id, content from turns order by ordinal"));
    }

    [Fact]
    public void Of_one_that_comes_twice_the_greater_stays()
    {
        using var store = new CapturedStore();
        var states = Write(store, [(Turn("other", 0, "other"), "1"), (Turn("twice", 1, "greater"), "2"), (Turn("twice", 2, "lesser"), "1"), (Turn("last", 3, "last"), "1"), (Turn("twice", 4, "greatest"), "3")]);
        Assert.Equal([Written.New, Written.New, Written.Unchanged, Written.New, Written.Updated], states);
        Assert.Equal(["last | last", "other | other", "twice | greatest"], store.Query("select id, content from turns order by id"));
    }

    [Fact]
    public void What_is_long_is_written_before_more_of_it_comes()
    {
        using var store = new CapturedStore();
        var turns = Enumerable.Range(0, 5).Select(i => (Turn($"turn {i}", i, new string((char)('a' + i), 700_000)), "1")).ToList();
        Assert.Equal(Enumerable.Repeat(Written.New, 5), Write(store, turns));
        Assert.Equal(["0 | 700000 | a", "1 | 700000 | b", "2 | 700000 | c", "3 | 700000 | d", "4 | 700000 | e"], store.Query("select ordinal, length(content), substr(content, 700000) from turns order by ordinal"));
    }

    private static IReadOnlyList<Written> Write(CapturedStore store, IReadOnlyList<(CapturedTurn, string)> turns) => store.Store.Write(transaction =>
    {
        var writer = new RowWriter(transaction, machineId: null);
        writer.Write(new CapturedCommit { Id = "commit", Source = "claude_code", StartedAt = Time, ClosedAt = Time, ClosedBy = "session_end", DerivedTitle = "" }, "project", "1", force: false);
        writer.Write(new CapturedSession { Id = "session", CommitId = "commit", AgentSessionId = "agent", StartedAt = Time, EndedAt = Time }, "1", force: false);
        return writer.Write(turns, force: false);
    });

    private static CapturedTurn Turn(string id, int ordinal, string content) => new()
    {
        Id = id, SessionId = "session", Ordinal = ordinal, Role = "user", Content = content, Timestamp = Time, ToolCalls = [],
    };
}
