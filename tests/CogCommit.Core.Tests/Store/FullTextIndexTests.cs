using CogCommit.Core.Query;
using CogCommit.Core.Store;
using CogCommit.Testing;

namespace CogCommit.Core.Tests.Store;

public sealed class FullTextIndexTests : IDisposable
{
    // More than are taken at once, so that there is a second time.
    private const int Turns = 450;
    private readonly TempStore _temp = new();

    public FullTextIndexTests()
    {
        _temp.Builder.Commit("c", title: "the lighthouse").Session("s");
        for (var turn = 0; turn < Turns; turn++)
        {
            _temp.Builder.Prompt($"prompt{turn} word");
        }
    }

    private List<SearchHit> Found(string query) =>
        Search.Find(_temp.Store, new SearchFilter { Query = query }, ct: TestContext.Current.CancellationToken).ToList();

    private void Damage() =>
        _temp.Store.Write(transaction => transaction.Execute("update turn_index_data set block = zeroblob(length(block)) where id > 10"));

    [Fact]
    public void What_searches_a_damaged_index_is_told_how_to_mend_it()
    {
        Damage();

        var error = Assert.Throws<CogCommitException>(() => Found("prompt7"));

        Assert.Equal(("SearchIndexDamaged", ErrorKind.InvalidData), (error.ErrorId, error.Kind));
        Assert.Contains("Import-CogCommit -Rebuild", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Made_anew_it_finds_everything_again()
    {
        Damage();

        Assert.Equal(Turns + 1, FullTextIndex.Rebuild(_temp.Store, null, TestContext.Current.CancellationToken));

        Assert.Equal(Turns, Found("word").Count);
        Assert.Single(Found("prompt449"));
        Assert.Single(Found("lighthouse"));
        _temp.Store.Write(transaction =>
        {
            transaction.Execute("insert into turn_index (turn_index) values ('integrity-check')");
            transaction.Execute("insert into commit_index (commit_index) values ('integrity-check')");
        });
    }

    [Fact]
    public void It_tells_how_far_it_is_until_all_is_in()
    {
        var told = new List<IndexProgress>();

        FullTextIndex.Rebuild(_temp.Store, new Reports<IndexProgress>(told.Add), TestContext.Current.CancellationToken);

        Assert.Equal([1, 201, 401, 451], told.Select(step => step.Done));
        Assert.All(told, step => Assert.Equal(Turns + 1, step.Total));
    }

    [Fact]
    public void Stopped_it_leaves_the_index_as_it_was()
    {
        using var stop = new CancellationTokenSource();

        Assert.Throws<OperationCanceledException>(() => FullTextIndex.Rebuild(_temp.Store, new Reports<IndexProgress>(_ => stop.Cancel()), stop.Token));

        Assert.Equal(Turns, Found("word").Count);
    }

    [Fact]
    public void Of_a_store_without_anything_there_is_nothing_to_do()
    {
        using var empty = new TempStore();

        Assert.Equal(0, FullTextIndex.Rebuild(empty.Store, null, TestContext.Current.CancellationToken));
    }

    public void Dispose() => _temp.Dispose();
}
