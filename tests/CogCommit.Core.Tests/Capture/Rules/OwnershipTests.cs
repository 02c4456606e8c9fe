using CogCommit.Core.Capture.Cut;

namespace CogCommit.Core.Tests.Capture.Rules;

/// <summary>Rule 9 as tables: "a: x1 y2" is the transcript a with the turn x at second 1 and y at second 2.</summary>
public sealed class OwnershipTests
{
    [Theory]
    [InlineData("a: x1 y2", "xa ya")]
    [InlineData("a: x1 y2|b: z1", "xa ya zb")]
    [InlineData("a: x1 y2|b: x1 z3", "xa ya zb")]
    [InlineData("b: x1 y2|a: x1 z9", "xa yb za")]
    [InlineData("a: x1 y2|b: y2 z3", "xa ya zb")]
    [InlineData("a: x1|b: x1", "xa")]
    [InlineData("b: w1 x2|a: x2 y3", "wb xb ya")]
    [InlineData("a: x5 y1|b: y1 z2", "xa yb zb")]
    [InlineData("a: x1 y2|b: x1 y2 z3|c: x1 y2 z3 v4", "xa ya zb vc")]
    [InlineData("a: x1 y2 u9|b: x1 y2 z3|c: x1 y2 z3 v4", "xa ya ua zb vc")]
    [InlineData("c: x1 y2|b: x1 z3|a: z3 v4", "xb yc zb va")]
    [InlineData("a:|b: x1", "xb")]
    public void The_earliest_takes_what_has_no_owner_and_ties_go_by_session_id(string transcripts, string expected)
    {
        foreach (var order in Orders([.. transcripts.Split('|').Select(Transcript)]))
        {
            var owners = Ownership.Resolve(order);
            Assert.Equal(expected.Split(' ').Order(), owners.Select(owner => owner.Key + owner.Value).Order());
        }
    }

    [Fact]
    public void A_transcript_that_grows_takes_nothing_from_one_before_it()
    {
        var before = Ownership.Resolve([Transcript("a: x1 y2"), Transcript("b: x1 z3")]);
        var after = Ownership.Resolve([Transcript("a: x1 y2 u4 z3"), Transcript("b: x1 z3")]);
        Assert.Equal("a", before["x"]);
        Assert.Equal("a", after["x"]);
        Assert.Equal("a", after["u"]);
    }

    private static SharedTranscript Transcript(string text)
    {
        var parts = text.Split(':');
        return new SharedTranscript(parts[0], [.. parts[1].Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(turn => new SharedTurn(turn[..1], DateTimeOffset.UnixEpoch.AddSeconds(turn[1] - '0')))]);
    }

    private static IEnumerable<List<SharedTranscript>> Orders(List<SharedTranscript> items) => items.Count <= 1
        ? [items]
        : items.SelectMany(first => Orders([.. items.Where(other => other != first)]).Select(rest => rest.Prepend(first).ToList()));
}
