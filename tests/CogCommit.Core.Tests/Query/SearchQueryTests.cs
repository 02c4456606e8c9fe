using CogCommit.Core.Query;
using CogCommit.Core.Tests.Store;
using CsCheck;

namespace CogCommit.Core.Tests.Query;

public sealed class SearchQueryTests
{
    [Theory]
    [InlineData("retry", "\"retry\"")]
    [InlineData("retry backoff", "(\"retry\" AND \"backoff\")")]
    [InlineData("retry AND backoff", "(\"retry\" AND \"backoff\")")]
    [InlineData("retry OR backoff", "(\"retry\" OR \"backoff\")")]
    [InlineData("a b OR c", "((\"a\" AND \"b\") OR \"c\")")]
    [InlineData("a NOT b NOT c", "(\"a\" NOT (\"b\" OR \"c\"))")]
    [InlineData("NOT b a", "(\"a\" NOT \"b\")")]
    [InlineData("(a OR b) c", "((\"a\" OR \"b\") AND \"c\")")]
    [InlineData("a NOT (b OR c)", "(\"a\" NOT (\"b\" OR \"c\"))")]
    [InlineData("\"two words\"", "\"two words\"")]
    [InlineData("\"two wor\"*", "\"two wor\" *")]
    [InlineData("pre*", "\"pre*\" *")]
    [InlineData("not and or", "(\"not\" AND \"and\" AND \"or\")")]
    [InlineData("foo_bar --dry-run src/a.cs", "(\"foo_bar\" AND \"--dry-run\" AND \"src/a.cs\")")]
    [InlineData("retry(3)", "\"retry(3)\"")]
    [InlineData("prompt:x NEAR(a", "(\"prompt:x\" AND \"NEAR(a\")")]
    [InlineData("世界", "spaced : \"世  界\"")]
    [InlineData("a世b*", "spaced : \"a 世 b*\" *")]
    public void Each_has_its_reading(string query, string expression) => Assert.Equal(expression, SearchQuery.ToFts5(query));

    [Theory]
    [InlineData("\"open phrase", "\"open phrase\"")]
    [InlineData("a OR", "\"a\"")]
    [InlineData("OR a", "\"a\"")]
    [InlineData("AND a NOT", "\"a\"")]
    [InlineData("((a", "\"a\"")]
    [InlineData("a))", "\"a\"")]
    [InlineData("() a", "\"a\"")]
    [InlineData("a -- ***", "\"a\"")]
    public void What_is_torn_is_read_as_far_as_it_goes(string query, string expression) => Assert.Equal(expression, SearchQuery.ToFts5(query));

    [Theory]
    [InlineData("", "SearchWithoutWord")]
    [InlineData("-- \"\" ()", "SearchWithoutWord")]
    [InlineData("AND", "SearchWithoutWord")]
    [InlineData("NOT a", "SearchOnlyNot")]
    [InlineData("a OR NOT b", "SearchOnlyNot")]
    public void Nothing_to_look_for_is_an_error_that_says_so(string query, string errorId) =>
        Assert.Equal(errorId, Assert.Throws<CogCommitException>(() => SearchQuery.ToFts5(query)).ErrorId);

    [Fact]
    public void Too_long_and_too_deep_are_errors_that_say_so()
    {
        Assert.Equal("SearchTooLong", Assert.Throws<CogCommitException>(() => SearchQuery.ToFts5(new string('a', 4001))).ErrorId);
        Assert.Equal("SearchTooDeep", Assert.Throws<CogCommitException>(() => SearchQuery.ToFts5(new string('(', 1000) + "a")).ErrorId);
    }

    [Fact]
    public void No_text_ever_becomes_a_syntax_error()
    {
        using var temp = new TempStore();
        temp.Builder.Commit("c").Session("s").Prompt("alpha beta");
        Gen.Char["ab \"()*:^+-{}.,'\\\0\n\u0301世ANDORT NEAR"].Array[0, 30].Select(c => new string(c)).Sample(query =>
        {
            try
            {
                Assert.True(Search.Find(temp.Store, new SearchFilter { Query = query }).Count() <= 2);
            }
            catch (CogCommitException said)
            {
                Assert.StartsWith("Search", said.ErrorId, StringComparison.Ordinal);
            }
        }, iter: 2000, threads: 1);
    }
}
