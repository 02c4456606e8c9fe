using CogCommit.Core.Query;

namespace CogCommit.Core.Tests.Query;

public sealed class PrefetchTests
{
    private readonly List<int> _threads = [];
    private int _read;
    private bool _disposed;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(200)]
    [InlineData(201)]
    [InlineData(300)]
    [InlineData(12_345)]
    public void Rows_come_whole_and_in_their_order(int rows)
    {
        Assert.Equal(Enumerable.Range(0, rows), Prefetch.Of(Rows().Take(rows)));
        Assert.True(_disposed || rows == 0);
    }

    [Fact]
    public void A_page_is_read_by_the_caller_as_he_asks()
    {
        foreach (var row in Prefetch.Of(Rows()).Take(150))
        {
            Assert.Equal(row + 1, _read);
        }

        Assert.Equal([Environment.CurrentManagedThreadId], _threads.Distinct());
        Assert.True(_disposed);
    }

    [Fact]
    public void A_long_list_is_read_by_another_thread()
    {
        _ = Prefetch.Of(Rows()).Take(1_000).Count();
        Assert.Equal(2, _threads.Distinct().Count());
    }

    [Fact]
    public void Who_stops_early_has_read_little_more_and_leaves_nothing_open()
    {
        Assert.Equal(500, Prefetch.Of(Rows()).Take(500).Count());
        Assert.True(_disposed);
        var read = _read;
        Assert.InRange(read, 500, 1_200);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(150)]
    [InlineData(200)]
    [InlineData(950)]
    public void What_goes_wrong_is_thrown_behind_what_came_before_it(int at)
    {
        List<int> had = [];
        var thrown = Assert.Throws<InvalidOperationException>(() =>
        {
            foreach (var row in Prefetch.Of(Rows().Select(row => row < at ? row : throw new InvalidOperationException("here"))))
            {
                had.Add(row);
            }
        });

        Assert.Equal("here", thrown.Message);
        Assert.Equal(Enumerable.Range(0, at), had);
        Assert.True(_disposed);
    }

    private IEnumerable<int> Rows()
    {
        try
        {
            while (true)
            {
                _threads.Add(Environment.CurrentManagedThreadId);
                yield return _read++;
            }
        }
        finally
        {
            _disposed = true;
        }
    }
}
