using CogCommit.Core.Query;
using CogCommit.Core.Tests.Store;

namespace CogCommit.Core.Tests.Query;

/// <summary>A list streams: what one object costs does not grow with how many there are. Counted in bytes that are allocated, not in seconds.</summary>
public sealed class ListWorkTests : IDisposable
{
    private readonly TempStore _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void An_object_costs_the_same_in_a_long_history()
    {
        Add(0, 200);
        var (first, all) = (Allocated(1), Allocated(200));
        Add(200, 2_000);

        Assert.InRange(Allocated(1), 0, first * 2);
        Assert.InRange((double)Allocated(2_000) / 2_000, 0, Math.Min(4_000, 1.25 * all / 200));
    }

    private void Add(int from, int to) => _temp.Store.Write(transaction =>
    {
        for (var i = from; i < to; i++)
        {
            transaction.Execute("""
                insert into cognitive_commits (id, agent_session_id, started_at, closed_at, closed_by, files_read, files_changed, git_hashes, derived_title, updated_at)
                values ($id, $id, $time, $time, 'git_commit', '["src/a.cs","src/b.cs"]', '["src/a.cs"]', '["0123abcd"]', 'a title of usual length', $time)
                """, ("$id", $"commit-{i:D6}"), ("$time", StoreBuilder.Start.AddMinutes(i)));
        }
    });

    private long Allocated(int commits) => Allocations.Of(() => Take(commits));

    private void Take(int commits) => Assert.Equal(commits, CommitReader.Read(_temp.Store, new CommitFilter()).Take(commits).Count());
}
