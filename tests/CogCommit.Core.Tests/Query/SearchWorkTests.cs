using CogCommit.Core.Query;
using CogCommit.Core.Tests.Store;

namespace CogCommit.Core.Tests.Query;

/// <summary>A page of hits costs the same in a long history. Counted in bytes that are allocated, not in seconds.</summary>
public sealed class SearchWorkTests : IDisposable
{
    private readonly TempStore _temp = new();
    private int _turns;

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData("common")]
    [InlineData("com*")]
    [InlineData("common AND said")]
    public void A_page_costs_the_same_in_a_long_history(string query)
    {
        _temp.Builder.Commit("c").Session("s");
        Add(2 * Search.Ranked);
        var filter = new SearchFilter { Query = query };
        var few = Allocated(filter);
        Add(18 * Search.Ranked);
        Assert.InRange(Allocated(filter), 0, few * 5 / 4);
    }

    private void Add(int turns) => _temp.Store.Write(transaction =>
    {
        transaction.IndexLater();
        for (var end = _turns + turns; _turns < end; _turns++)
        {
            transaction.Execute(
                "insert into turns (id, session_id, role, content, timestamp) values ($id, 's', 'assistant', 'a common word was said', $time)",
                ("$id", $"turn-{_turns:D6}"), ("$time", StoreBuilder.Start.AddMinutes(_turns)));
        }
    });

    private long Allocated(SearchFilter filter) => Allocations.Of(() => Take(filter));

    private void Take(SearchFilter filter) => Assert.Equal(20, Search.Find(_temp.Store, filter, first: 20).Count());
}
