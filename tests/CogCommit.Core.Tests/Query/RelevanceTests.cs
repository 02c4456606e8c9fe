using CogCommit.Core.Query;
using CogCommit.Core.Store;
using Microsoft.Data.Sqlite;

namespace CogCommit.Core.Tests.Query;

/// <summary>Our own ranking beside FTS5's.</summary>
public sealed class RelevanceTests : IDisposable
{
    private readonly SqliteConnection _connection = new("Data Source=:memory:");

    public RelevanceTests()
    {
        SQLitePCL.Batteries_V2.Init();
        _connection.Open();
        StoreConnection.Execute(_connection, "create virtual table texts using fts5(prompt, answer, result, prefix = '3')");
        Relevance.AddTo(_connection);
    }

    public void Dispose() => _connection.Dispose();

    [Theory]
    [InlineData("tide", "4.0, 2.0, 0.5")]
    [InlineData("tid*", "4.0, 2.0, 0.5")]
    [InlineData("\"tide table\"", "4.0, 2.0, 0.5")]
    [InlineData("tide AND harbour", "4.0, 2.0, 0.5")]
    [InlineData("(tide OR moon) NOT harbour", "4.0, 2.0, 0.5")]
    [InlineData("{prompt answer} : tide", "4.0, 2.0, 0.5")]
    // Of a column without a weight each word counts once.
    [InlineData("tide OR moon", "4.0")]
    [InlineData("tide OR moon", "4.0, 2.0, 0.5, 7.0")]
    public void It_is_bm25(string match, string weights)
    {
        string[] words = ["tide", "table", "tidy", "harbour", "moon", "wave", "of", "the"];
        var random = new Random(1);
        string Text() => string.Join(' ', Enumerable.Range(0, random.Next(30)).Select(_ => words[random.Next(words.Length) * random.Next(words.Length) / words.Length]));
        for (var i = 0; i < 300; i++)
        {
            Insert(Text(), Text(), Text());
        }

        // The words of every second row: none of them is so common that all count as nothing.
        for (var i = 0; i < 300; i++)
        {
            Insert("nothing", "of", "these");
        }

        var both = Both(match, weights);
        Assert.NotEmpty(both);
        Assert.All(both, pair => Assert.Equal(pair.Bm25, pair.Ours, Math.Abs(pair.Bm25) * 1e-12));
        Assert.True(both.Select(pair => pair.Ours).Distinct().Count() > 5);
    }

    [Fact]
    public void Of_a_word_that_stands_everywhere_so_many_rows_are_counted_and_no_more()
    {
        const int More = (int)Relevance.Counted * 6 / 5;
        StoreConnection.Execute(_connection, $"""
            with recursive n (i) as (select 1 union all select i + 1 from n where i < {3 * Relevance.Counted})
            insert into texts (rowid, prompt) select i, case when i <= {More} then 'tide' else 'moon' end from n
            """);
        // The first ten thousand rows have it all: whoever counts on finds two fifths of all rows, whoever stops takes it for as common as he takes any.
        var (bm25, ours) = Both("tide", "1.0")[0];
        var (least, exact) = (Math.Log(2), Math.Log(1.5));
        Assert.Equal(least / exact, ours / bm25, 0.001);
    }

    [Theory]
    [InlineData(1_000, 10, 0, 4.5468)]
    [InlineData(1_000, 499, 0, 0.0040)]
    [InlineData(1_000, 900, 0, 1e-6)]
    // A tenth of all rows, as it seems.
    [InlineData(1_000_000, 10_000, 100_000, 2.1972)]
    // All of them, as it seems: taken for a third.
    [InlineData(1_000_000, 10_000, 10_000, 0.6931)]
    // Fewer than were counted there cannot be.
    [InlineData(40_000, 10_000, 90_000, 1.0986)]
    public void How_rare_a_word_is(long rows, long hits, long among, double idf) => Assert.Equal(idf, Relevance.Idf(rows, hits, among), 0.0001);

    [Fact]
    public void Rows_that_went_before_all_others_do_not_make_a_common_word_rare()
    {
        const long Gone = 500_000;
        StoreConnection.Execute(_connection, $"""
            with recursive n (i) as (select 1 union all select i + 1 from n where i < {4 * Relevance.Counted})
            insert into texts (rowid, prompt) select {Gone} + i, case when i % 2 then 'tide' else 'moon' end from n
            """);
        using var command = _connection.CreateCommand();
        command.CommandText = "select relevance(texts, 1.0) from texts where texts match 'tide' order by rowid desc limit 1";
        // Of texts of one word each, bm25 is how rare the word is: half of the rows have it, which counts as a third.
        Assert.Equal(-Math.Log(2), (double)command.ExecuteScalar()!, 0.001);
    }

    [Fact]
    public void It_can_be_given_to_a_connection_again()
    {
        Insert("tide", "", "");
        Relevance.AddTo(_connection);
        Assert.Single(Both("tide", "1.0"));
    }

    private void Insert(params string[] texts)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "insert into texts (prompt, answer, result) values ($0, $1, $2)";
        for (var i = 0; i < texts.Length; i++)
        {
            command.Parameters.AddWithValue($"${i}", texts[i]);
        }

        command.ExecuteNonQuery();
    }

    private List<(double Bm25, double Ours)> Both(string match, string weights)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = $"select bm25(texts, {weights}), relevance(texts, {weights}) from texts where texts match $match";
        command.Parameters.AddWithValue("$match", match);
        List<(double, double)> found = [];
        using var row = command.ExecuteReader();
        while (row.Read())
        {
            found.Add((row.GetDouble(0), row.GetDouble(1)));
        }

        return found;
    }
}
