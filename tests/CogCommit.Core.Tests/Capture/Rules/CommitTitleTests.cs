using System.Globalization;
using CsCheck;

namespace CogCommit.Core.Tests.Capture.Rules;

/// <summary>Rule 11.</summary>
public class CommitTitleTests
{
    [Fact]
    public void The_first_prompt_counts_then_the_git_subject_then_the_first_line_of_the_answer()
    {
        Assert.Equal("prompt", CommitTitle.Of("prompt", "subject", "answer"));
        Assert.Equal("subject", CommitTitle.Of(null, "subject", "answer"));
        Assert.Equal("answer", CommitTitle.Of(" \u0007 ", "", "\n  \n answer \nmore"));
        Assert.Equal("/init", CommitTitle.Of(null, null, null, "/init"));
        Assert.Equal("Untitled", CommitTitle.Of(null, null, null));
    }

    [Fact]
    public void It_is_one_line() => Assert.Equal("fix this: x y", CommitTitle.Shorten("fix\r\nthis:\t\u001b x\n\n  y "));

    [Fact]
    public void A_hundred_characters_fit_and_one_more_does_not()
    {
        var exact = new string('a', 49) + " " + new string('b', 50);

        Assert.Equal(exact, CommitTitle.Shorten(exact));
        Assert.Equal(new string('a', 49) + " " + new string('b', 49) + "…", CommitTitle.Shorten(exact + "b"));
    }

    [Fact]
    public void It_is_cut_at_a_word() =>
        Assert.Equal(new string('a', 60) + " " + new string('b', 20) + "…", CommitTitle.Shorten(new string('a', 60) + " " + new string('b', 20) + " " + new string('c', 40)));

    [Fact]
    public void Without_a_word_to_cut_at_it_is_cut_at_a_grapheme()
    {
        const string Family = "👩‍👩‍👧‍👦";
        var title = CommitTitle.Shorten(string.Concat(Enumerable.Repeat(Family, 20)))!;

        Assert.Equal(string.Concat(Enumerable.Repeat(Family, 9)) + "…", title);
    }

    [Fact]
    public void A_grapheme_longer_than_a_title_is_cut_at_a_code_point() =>
        Assert.Equal(100, CommitTitle.Shorten("a" + new string('\u0301', 500))!.Length);

    [Fact]
    public void It_is_never_empty_longer_or_torn() => Gen.String.Sample(text =>
    {
        var clean = string.Concat(text.EnumerateRunes());
        var title = CommitTitle.Of(clean, null, clean);

        Assert.InRange(title.Length, 1, CommitTitle.MaxLength);
        Assert.False(string.IsNullOrWhiteSpace(title));
        Assert.DoesNotContain(title, char.IsControl);
        Assert.True(title.IsNormalized() || title.EnumerateRunes().All(rune => rune.Value != 0xFFFD || clean.Contains('\uFFFD', StringComparison.Ordinal)));
        Assert.Equal(title, CommitTitle.Shorten(title));
        _ = new StringInfo(title).LengthInTextElements;
    });
}
