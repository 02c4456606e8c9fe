using CogCommit.Core.Query;
using CogCommit.Core.Tests.Store;

namespace CogCommit.Core.Tests.Query;

public sealed class TurnReaderTests : IDisposable
{
    private const string Calls = """[{"id":"t1","name":"Bash","input":{"command":"ls"},"result":"a\nb","isError":true},{"name":"Read","input":{}}]""";
    private readonly TempStore _temp = new();

    public TurnReaderTests() => _temp.Builder
        .Commit("late").At(StoreBuilder.Start.AddDays(1)).Session("l").Prompt("third")
        .At(StoreBuilder.Start.AddDays(-1)).Commit("early").Session("sub", subagent: true).Prompt("second")
        .Session("main").Prompt("first").Answer("", usage: """{"input_tokens":1,"output_tokens":2}""", toolCalls: Calls)
        .Commit("hidden", hidden: true).Session("h").Prompt("hidden");

    public void Dispose() => _temp.Dispose();

    private List<Turn> Read(TurnFilter filter) => TurnReader.Read(_temp.Store, filter, TestContext.Current.CancellationToken).ToList();

    [Fact]
    public void Turns_come_as_they_were_told()
    {
        // Each commit's time is its start; "late" was made first and starts when it was made.
        _temp.Store.Write(t => t.Execute("update cognitive_commits set started_at = '2026-04-01T00:00:00.000000Z' where id = 'late'"));
        Assert.Equal(["first", "", "second", "third"], Read(new TurnFilter()).Select(t => t.Content));
        Assert.Equal([false, false, true, false], Read(new TurnFilter()).Select(t => t.IsSubagent));
    }

    [Fact]
    public void Calls_tokens_and_ids_are_read()
    {
        var turn = Read(new TurnFilter { SessionIds = ["main"], Roles = ["assistant"] }).Single();
        Assert.Equal(("early", "main", 1, "claude", 1L, 2L), (turn.CommitId, turn.SessionId, turn.Ordinal, turn.Model, turn.InputTokens!.Value, turn.OutputTokens!.Value));
        Assert.Equal(
            [("t1", "Bash", """{"command":"ls"}""", "a\nb", true), (null, "Read", "{}", null, false)],
            turn.ToolCalls.Select(c => (c.ToolUseId, c.Name, c.Input, c.Result, c.IsError)));
    }

    [Theory]
    [InlineData("bash", 1)]
    [InlineData("r*", 1)]
    [InlineData("Write", 0)]
    public void Tools_match_with_wildcards(string tool, int turns) => Assert.Equal(turns, Read(new TurnFilter { Tools = [tool] }).Count);

    [Fact]
    public void Hidden_ones_are_read_by_id_only()
    {
        Assert.Single(Read(new TurnFilter { CommitIds = ["hidden"] }));
        Assert.DoesNotContain(Read(new TurnFilter()), t => t.CommitId == "hidden");
    }

    [Fact]
    public void A_reader_who_leaves_in_the_middle_frees_the_store()
    {
        foreach (var turn in TurnReader.Read(_temp.Store, new TurnFilter(), TestContext.Current.CancellationToken))
        {
            break;
        }

        Assert.Equal(4, Read(new TurnFilter()).Count);
    }

    [Fact]
    public void Sessions_say_how_many_turns_they_have_and_the_main_one_comes_first() => Assert.Equal(
        [("main", 2, false), ("sub", 1, true)],
        SessionReader.Read(_temp.Store, new TurnFilter { CommitIds = ["early"] }, TestContext.Current.CancellationToken).Select(s => (s.SessionId, s.TurnCount, s.IsSubagent)));
}
