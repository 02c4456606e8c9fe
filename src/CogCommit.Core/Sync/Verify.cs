using System.Text.Json;
using CogCommit.Core.Cloud;
using CogCommit.Core.Rows;
using CogCommit.Core.Store;

namespace CogCommit.Core.Sync;

/// <summary>
/// Compares both sides commit by commit, and heals what a normal sync cannot see, because cursor and confirmations say that all is well:
/// rows that were lost on one side, and rows here that do not say any more what their hash says.
/// </summary>
internal sealed class Verify(StoreFile store, ICloud cloud, IReport? report = null)
{
    private const int PageRows = 1_000;

    /// <summary>Repairs what differs, by the rules of the merge: what one side lacks it gets. Returns how many commits agree again.</summary>
    public async Task<int> RepairAsync(Push push, Pull pull, IProgress<SyncProgress>? progress, CancellationToken cancellationToken)
    {
        var damage = Damage.Find(store);
        var different = await DifferentAsync(progress, cancellationToken).ConfigureAwait(false);
        different.UnionWith(damage.Commits(store));
        report?.Verbose($"Compared both sides: {different.Count} commits differ.");
        if (different.Count == 0)
        {
            return 0;
        }

        // What both sides have comes back clean from the fetch; what is still waiting then is what the cloud lacks.
        store.Write(transaction => MarkForPush(transaction, different));
        await pull.FetchAsync(different.Contains, progress, cancellationToken, damage).ConfigureAwait(false);
        await push.RunAsync(new PushOptions { CommitIds = [.. different] }, progress, cancellationToken).ConfigureAwait(false);
        var still = await DifferentAsync(progress, cancellationToken).ConfigureAwait(false);
        return different.Count(id => !still.Contains(id));
    }

    private async Task<HashSet<string>> DifferentAsync(IProgress<SyncProgress>? progress, CancellationToken cancellationToken)
    {
        var there = new Dictionary<string, string>(StringComparer.Ordinal);
        string? after = null;
        var expected = ExpectedThere();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var answer = await cloud.DigestAsync(after, PageRows, cancellationToken).ConfigureAwait(false);
            Protocol.Check(answer);
            var before = after;
            foreach (var item in CloudRows.Items(answer, "commits"))
            {
                var (id, digest) = BadAnswer.Reading(() =>
                {
                    var row = new RowReader(item, "digest");
                    return (row.Id("id"), row.Text("digest"));
                });
                after = id;
                there[id] = digest;
            }

            progress?.Report(new SyncProgress("Comparing", there.Count, Math.Max(expected, there.Count), "commits"));
            if (!BadAnswer.Reading(() => new RowReader(answer, "digest page").Flag("more")))
            {
                break;
            }

            if (after == before)
            {
                throw BadAnswer.Of("a page with more behind it and no way to get there");
            }
        }

        return Compare(there);
    }

    /// <summary>How many commits the cloud said it has; 0 where it never did.</summary>
    private long ExpectedThere()
    {
        using var reader = store.OpenReader();
        return SyncState.Read(reader)?.Quota?.Commits ?? 0;
    }

    private HashSet<string> Compare(Dictionary<string, string> there)
    {
        var different = new HashSet<string>();
        using var reader = store.OpenReader();
        foreach (var (id, digest) in Digest.OfConfirmed(reader))
        {
            if (!there.Remove(id, out var other) || other != digest)
            {
                different.Add(id);
            }
        }

        // What is left the cloud has, and this store has not, or not as a commit that is alive and confirmed.
        different.UnionWith(there.Keys);
        using var pruned = reader.CreateCommand();
        pruned.CommandText = "select commit_id from pruned_commits";
        using var row = pruned.ExecuteReader();
        while (row.Read())
        {
            different.Remove(row.GetString(0));
        }

        return different;
    }

    private static void MarkForPush(WriteTransaction transaction, HashSet<string> commits)
    {
        var ids = JsonSerializer.Serialize(commits);
        foreach (var (table, which) in new[]
        {
            ("cognitive_commits", "id in (select value from json_each($ids))"),
            ("sessions", "commit_id in (select value from json_each($ids))"),
            ("turns", "session_id in (select id from sessions where commit_id in (select value from json_each($ids)))"),
            ("visuals", "commit_id in (select value from json_each($ids))"),
        })
        {
            transaction.Execute($"update {table} set pushed_seq = 0, tried_seq = 0 where {which}", ("$ids", ids));
        }
    }
}
