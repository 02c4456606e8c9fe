using CogCommit.Core.Query;
using Microsoft.Data.Sqlite;

namespace CogCommit.Core.Tests.Query;

/// <summary>What PowerShell's -like answers, GLOB answers to the translation.</summary>
public sealed class WildcardTests
{
    [Theory]
    [InlineData("abc", "ABC", true)]
    [InlineData("abc", "abcd", false)]
    [InlineData("a*", "Abc", true)]
    [InlineData("a?c", "abc", true)]
    [InlineData("a?c", "ac", false)]
    [InlineData("[a-c]x", "BX", true)]
    [InlineData("[a-c]x", "dx", false)]
    [InlineData("[abc]x", "cx", true)]
    [InlineData("ÜB*", "über", true)]
    [InlineData("a`*", "a*", true)]
    [InlineData("a`*", "ab", false)]
    [InlineData("a`[b", "a[b", true)]
    [InlineData("a[b", "a[b", true)]
    [InlineData("a]b", "A]B", true)]
    [InlineData("[]]", "]", true)]
    [InlineData("[^]", "^", true)]
    [InlineData("[^a]", "b", false)]
    [InlineData("[^a]", "a", true)]
    [InlineData("`", "`", true)]
    [InlineData("😀*", "😀!", true)]
    [InlineData("", "", true)]
    [InlineData("", "a", false)]
    public void It_matches(string pattern, string text, bool matches)
    {
        SQLitePCL.Batteries_V2.Init();
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "select $text glob $pattern";
        command.Parameters.AddWithValue("$text", text);
        command.Parameters.AddWithValue("$pattern", Wildcard.ToGlob(pattern));
        Assert.Equal(matches ? 1L : 0L, command.ExecuteScalar());
    }
}
