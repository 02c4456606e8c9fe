using CogCommit.Core.Capture.Cut;
using CogCommit.Core.Capture.Fold;

namespace CogCommit.Core.Tests.Capture.Rules;

/// <summary>Rules 5 and 6 as tables: where commits end. A closing is "ordinal@position", "!" when it amends; a boundary is an ordinal, "-" when it removed.</summary>
public sealed class CutterTests
{
    [Theory]
    [InlineData(-1, "", "", "")]
    [InlineData(3, "", "", "0-3 session_end 0")]
    [InlineData(3, "1@1", "", "0-1 git_commit 0; 2-3 session_end 0")]
    [InlineData(1, "1@1", "", "0-1 git_commit 0")]
    [InlineData(5, "1@3", "", "0-3 git_commit 0; 4-5 session_end 0")]
    [InlineData(5, "1@2 2@4", "", "0-2 git_commit 0; 3-5 session_end 0")]
    [InlineData(5, "1@2 3@4", "", "0-2 git_commit 0; 3-4 git_commit 0; 5-5 session_end 0")]
    [InlineData(5, "1@2 1@2", "", "0-2 git_commit 0; 3-5 session_end 0")]
    [InlineData(3, "", "1", "0-1 explicit 1; 2-3 session_end 1")]
    [InlineData(3, "", "3", "0-3 explicit 1")]
    [InlineData(3, "", "-3", "0-3 session_end 0")]
    [InlineData(3, "", "-1", "0-1 session_end 0; 2-3 session_end 1")]
    [InlineData(5, "", "3 1", "0-1 explicit 1; 2-3 explicit 2; 4-5 session_end 2")]
    [InlineData(3, "1@1", "1", "0-1 explicit 1; 2-3 session_end 1")]
    [InlineData(5, "1@4", "2", "0-2 explicit 1; 3-5 session_end 1")]
    [InlineData(5, "1@1 3@4", "3", "0-1 git_commit 0; 2-3 explicit 1; 4-5 session_end 1")]
    [InlineData(3, "", "7", "0-3 session_end 0")]
    public void Commits_end_where_git_made_one_or_the_user_says_so(int last, string closings, string boundaries, string expected) =>
        Assert.Equal(expected, string.Join("; ", Cut(last, closings, boundaries).Select(range => $"{range.First}-{range.Last} {range.ClosedBy} {range.Cuts}")));

    [Theory]
    [InlineData("1@2 2@4", "a,b |")]
    [InlineData("1@1 3@3!", "a + b | b |")]
    [InlineData("1@1 3@3 5@5!", "a | b + c | c |")]
    [InlineData("1@1! 3@3", "a | b |")]
    public void Hashes_go_to_the_commit_of_their_call_and_an_amending_one_to_what_it_amends(string closings, string expected) =>
        Assert.Equal(expected, string.Join(" | ", Cut(6, closings, "").Select(range =>
            string.Join(",", range.Closings.Select(line => line.Hash)) + (range.Amended.Count > 0 ? " + " + string.Join(",", range.Amended.Select(line => line.Hash)) : ""))).TrimEnd());

    [Fact]
    public void Boundaries_count_in_any_order() =>
        Assert.Equal(
            Cut(9, "2@3", "1 -5 7").Select(range => (range.First, range.Last, range.ClosedBy, range.Cuts)),
            Cut(9, "2@3", "7 1 -5").Select(range => (range.First, range.Last, range.ClosedBy, range.Cuts)));

    private static IReadOnlyList<CutRange> Cut(int last, string closings, string boundaries) => Cutter.Cut(
        last,
        [.. closings.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Closing)],
        [.. boundaries.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => new UserBoundary(Math.Abs(Number(text)), text[0] != '-'))]);

    private static Closing Closing(string text, int number)
    {
        var places = text.TrimEnd('!').Split('@').Select(Number).ToArray();
        return new Closing(number, $"call{places[0]}", places[0], places[1], ((char)('a' + number)).ToString(), "", text.EndsWith('!'), DateTimeOffset.UnixEpoch, number);
    }

    private static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
