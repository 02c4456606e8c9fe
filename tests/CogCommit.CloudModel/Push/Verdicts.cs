namespace CogCommit.CloudModel.Push;

/// <summary>The verdicts on a batch, each list in its order.</summary>
internal sealed class Verdicts
{
    /// <summary>The halves of commits; where one was not sent and nothing is wrong with it: null.</summary>
    public List<(Verdict? Captured, Verdict? Curated)> Commits { get; } = [];

    public List<Verdict> Sessions { get; } = [];

    public List<Verdict> Turns { get; } = [];

    public List<Verdict> Visuals { get; } = [];

    /// <summary>Commits that this batch begins.</summary>
    public HashSet<string> NewCommits { get; } = [];

    /// <summary>Sessions that this batch brings, or that lost to a purged commit: parents of turns that the tables do not know.</summary>
    public Dictionary<string, Verdict> ParentSessions { get; } = [];

    public IEnumerable<Verdict> All()
    {
        foreach (var (captured, curated) in Commits)
        {
            if (captured is not null)
            {
                yield return captured;
            }

            if (curated is not null)
            {
                yield return curated;
            }
        }

        foreach (var list in new[] { Sessions, Turns, Visuals })
        {
            foreach (var verdict in list)
            {
                yield return verdict;
            }
        }
    }
}
