using CogCommit.Core.Query;
using CogCommit.Core.Store;
using CogCommit.Core.Tests.Store;

namespace CogCommit.Core.Tests.Query;

/// <summary>A list streams: what one object costs does not grow with how many there are. Counted in bytes that are allocated, not in seconds.</summary>
public sealed partial class ListWorkTests : IDisposable
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

    /// <summary>Who lists commits rarely looks at their files: until then they are as the store has them, half of what their texts take.</summary>
    [Fact]
    public void A_commits_files_are_read_when_somebody_looks_at_them()
    {
        const int Commits = 100;
        Add(0, Commits);
        var files = System.Text.Json.JsonSerializer.Serialize(Enumerable.Range(0, 300).Select(i => $"src/of/some/depth/file{i}.cs"));
        _temp.Store.Write(transaction => transaction.Execute("update cognitive_commits set files_read = $files", ("$files", files)));
        var looked = 0;
        var listed = Allocated(Commits);
        var read = Allocations.Of(() => looked = CommitReader.Read(_temp.Store, new CommitFilter()).Sum(commit => commit.FilesRead.Count));

        Assert.Equal(300 * Commits, looked);
        Assert.InRange(listed, Commits * files.Length, Commits * (files.Length + 4_000));
        Assert.InRange(read, listed + (2L * Commits * files.Length), long.MaxValue);
    }

    /// <summary>Whether something of a commit waits or was refused is told by indexes of what does: no commit's sessions are looked up for it.</summary>
    [Theory]
    // Its row, and now and then the index of times.
    [InlineData(0, 0, false, 1.5)]
    [InlineData(1, 0, false, 1.5)]
    // Some turns are too large, and stay so: that is no reason to look up the turns of all others.
    [InlineData(0, 5, false, 1.5)]
    [InlineData(1, 5, false, 1.5)]
    // And the first page of each index of what waits, where anything does.
    [InlineData(0, 5, true, 1.5)]
    [InlineData(1, 5, true, 3.5)]
    public void Of_a_commit_whose_rows_neither_wait_nor_were_refused_its_own_row_is_read(int pushed, int large, bool some, double pages)
    {
        const int Commits = 1_000;
        Add(0, Commits);
        _temp.Store.Write(transaction =>
        {
            transaction.Execute("insert into sessions (id, commit_id, started_at, ended_at, change_seq, pushed_seq) select 's' || id, id, started_at, closed_at, 1, 1 from cognitive_commits");
            transaction.Execute("insert into turns (id, session_id, role, timestamp, change_seq, pushed_seq) select 't' || id, id, 'user', started_at, 1, 1 from sessions");
            transaction.Execute("update cognitive_commits set turn_count = 1, change_seq = 1, pushed_seq = $pushed", ("$pushed", pushed));
            // Of the oldest commits, which come last.
            transaction.Execute("update turns set push_state = 'too_large', tried_seq = 1 where row <= $large", ("$large", large));
            if (some)
            {
                // Of the oldest commit: a session and a picture that wait and one each that is too large.
                transaction.Execute("update sessions set change_seq = 2 where row = 1");
                transaction.Execute("update sessions set push_state = 'too_large', tried_seq = 1 where row = 2");
                transaction.Execute("insert into visuals (id, commit_id, type, captured_at, change_seq, pushed_seq) select 'v1', id, 'image', started_at, 2, 1 from cognitive_commits where row = 1");
                transaction.Execute("insert into visuals (id, commit_id, type, captured_at, change_seq, pushed_seq, push_state, tried_seq) select 'v2', id, 'image', started_at, 1, 1, 'too_large', 1 from cognitive_commits where row = 2");
            }
        });
        using var reader = _temp.Store.OpenReader();
        var statuses = new List<string>();
        var before = PagesRead.By(reader);
        foreach (var commit in CogCommit.Core.Query.Rows.Stream(
            _temp.Store, reader, $"select {CommitColumns.All} from cognitive_commits c order by c.started_at desc, c.id", [], CommitColumns.Read,
            TestContext.Current.CancellationToken))
        {
            statuses.Add(commit.SyncStatus);
        }

        var oldest = pushed == 0 || some ? "pending" : "too_large";
        Assert.Equal(
            [.. Enumerable.Repeat(pushed == 1 ? "synced" : "pending", Commits - large), .. Enumerable.Repeat(pushed == 1 ? "too_large" : "pending", Math.Max(0, large - 1)), .. Enumerable.Repeat(oldest, Math.Min(1, large))], statuses);
        Assert.InRange((double)(PagesRead.By(reader) - before) / Commits, 1, pages);
    }

    /// <summary>No table but that of the commits is gone through, whatever the planner knows of them.</summary>
    [Fact]
    public void A_list_goes_through_no_other_table()
    {
        using var reader = _temp.Store.OpenReader();
        using var command = reader.CreateCommand();
        command.CommandText = $"explain query plan select {CommitColumns.All} from cognitive_commits c order by c.started_at desc, c.id";
        Dictionary<int, (int Within, string Step)> steps = [];
        using var row = command.ExecuteReader();
        while (row.Read())
        {
            steps.Add(row.GetInt32(0), (row.GetInt32(1), row.GetString(3)));
        }

        var said = steps.Values.Select(one => one.Step).ToList();
        Assert.Contains("SEARCH sessions USING INDEX sessions_pending_by_commit (commit_id=?)", said);
        // Whether there is anything of a kind is asked of an index of that alone, and once: not for each commit.
        Assert.All(steps.Where(one => one.Value.Step.StartsWith("SCAN", StringComparison.Ordinal)), one => Assert.True(
            one.Value.Step == "SCAN c USING INDEX commits_by_start"
                || (AnyOf().IsMatch(one.Value.Step) && !Around(one.Key).Any(step => step.StartsWith("CORRELATED", StringComparison.Ordinal))),
            $"{one.Value.Step} within {string.Join(" within ", Around(one.Key))}"));

        IEnumerable<string> Around(int step)
        {
            for (var id = steps[step].Within; steps.TryGetValue(id, out var around); id = around.Within)
            {
                yield return around.Step;
            }
        }
    }

    [System.Text.RegularExpressions.GeneratedRegex(@"^SCAN (turns|sessions|visuals|conflicts) USING (COVERING )?INDEX \w+_(held|pending|open)$")]
    private static partial System.Text.RegularExpressions.Regex AnyOf();

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
