namespace CogCommit.CloudModel.Push;

/// <summary>A commit is admitted or refused whole: what makes room first, then the newest.</summary>
internal static class Admission
{
    public static void Run(ModelCloud cloud, Verdicts verdicts)
    {
        var state = cloud.State;
        var needs = new Dictionary<string, Need>();
        // What moves out of a commit that this batch deletes is freed by the deletion already.
        var deleted = verdicts.Commits.Select(row => row.Curated)
            .Where(half => half is { IsAccepted: true } && !Check.IsAbsent(half.Row["curated"]!["deleted_at"])).Select(half => half!.Id).ToHashSet();
        Func<string, bool> isFreed = id => deleted.Contains(id) || !state.Commits[id].IsLive;
        foreach (var verdict in verdicts.All())
        {
            if (verdict.IsAccepted)
            {
                if (!needs.TryGetValue(verdict.CommitId!, out var need))
                {
                    needs[verdict.CommitId!] = need = new Need(verdict.CommitId!, state.Commits.GetValueOrDefault(verdict.CommitId!));
                }

                need.Add(verdict, isFreed);
            }
        }

        var over = Over(cloud, needs.Values);
        if (over.Count == 0)
        {
            return;
        }

        // What the user said of a commit that is here already takes no room, unless it brings it back.
        foreach (var verdict in verdicts.All())
        {
            if (verdict.IsAccepted && over.TryGetValue(verdict.CommitId!, out var reason)
                && (verdict.Kind != VerdictKind.Curated || verdict.IsNew || needs[verdict.CommitId!].IsRevived))
            {
                (verdict.Status, verdict.Reason) = (Status.OverLimit, reason);
            }
        }
    }

    private static Dictionary<string, string> Over(ModelCloud cloud, ICollection<Need> needs)
    {
        var over = new Dictionary<string, string>();
        var (commits, bytes) = (cloud.Head!.Commits, cloud.Head.Bytes);
        // Most pushes are far from any limit, whatever the order.
        if (commits + needs.Sum(need => Math.Max(0, need.NewCommits)) <= cloud.CommitLimit
            && bytes + needs.Sum(need => Math.Max(0, need.AskedBytes)) <= cloud.StorageLimitBytes)
        {
            return over;
        }

        foreach (var need in needs.OrderByDescending(need => need.IsFree).ThenByDescending(need => need.StartedAt)
            .ThenBy(need => cloud.CloudId(need.CommitId), StringComparer.Ordinal))
        {
            if (need.NewCommits > 0 && commits + need.NewCommits > cloud.CommitLimit)
            {
                over[need.CommitId] = "commit_limit";
            }
            else if (need.AskedBytes > 0 && bytes + need.AskedBytes > cloud.StorageLimitBytes)
            {
                over[need.CommitId] = "storage_limit";
            }
            else
            {
                commits += need.NewCommits;
                bytes += need.NewBytes;
            }
        }

        return over;
    }
}
