using CogCommit.Core.Sync;
using CogCommit.Core.Tests.Query;
using CogCommit.Core.Tests.Store;

namespace CogCommit.Core.Tests.Sync;

/// <summary>What waits is few where a history is long, and found by indexes of what waits. Counted in pages, not in seconds.</summary>
public sealed class QueueWorkTests : IDisposable
{
    private readonly TempStore _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void What_waits_costs_the_same_in_a_long_history()
    {
        Add(0, 100);
        Wait("turn-50");
        var few = Read("commit-50");
        Add(100, 5_000);

        Assert.InRange(Read("commit-50"), 1, few + 10);
        _temp.Store.Write(transaction => transaction.Execute("update turns set pushed_seq = change_seq"));
        Assert.InRange(Read(null), 1, few + 10);
    }

    /// <summary>Commits that the cloud has, with a session and a turn each.</summary>
    private void Add(int from, int to) => _temp.Store.Write(transaction =>
    {
        for (var i = from; i < to; i++)
        {
            (string, object?)[] row = [("$i", i), ("$time", StoreBuilder.Start.AddMinutes(i))];
            transaction.Execute(
                """
                insert into cognitive_commits (id, started_at, closed_at, closed_by, turn_count, updated_at, change_seq, pushed_seq)
                values ('commit-' || $i, $time, $time, 'git_commit', 1, $time, 1, 1)
                """, row);
            transaction.Execute("insert into sessions (id, commit_id, started_at, ended_at, change_seq, pushed_seq) values ('session-' || $i, 'commit-' || $i, $time, $time, 1, 1)", row);
            transaction.Execute("insert into turns (id, session_id, role, timestamp, change_seq, pushed_seq) values ('turn-' || $i, 'session-' || $i, 'user', $time, 1, 1)", row);
        }
    });

    private void Wait(string turn) => _temp.Store.Write(transaction => transaction.Execute("update turns set change_seq = 2 where id = $id", ("$id", turn)));

    /// <returns>Pages read.</returns>
    private long Read(string? waiting)
    {
        using var reader = _temp.Store.OpenReader();
        var before = PagesRead.By(reader);
        Assert.Equal(waiting, Queue.Commits(reader, new PushOptions()).SingleOrDefault()?.Id);
        return PagesRead.By(reader) - before;
    }
}
