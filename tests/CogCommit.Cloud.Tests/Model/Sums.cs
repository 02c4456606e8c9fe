using CogCommit.CloudModel;

namespace CogCommit.Cloud.Tests.Model;

/// <summary>What pushes add and take row by row is what a count of all rows gives. The model counts as the SQL does, so that holds for both.</summary>
internal static class Sums
{
    public static void AssertRight(ModelCloud cloud)
    {
        var turns = cloud.Turns.Values.ToLookup(turn => cloud.Sessions[turn.SessionId].CommitId);
        var visuals = cloud.Visuals.Values.ToLookup(visual => visual.CommitId);
        foreach (var commit in cloud.Commits.Values)
        {
            Assert.Equal(turns[commit.Id].Count(), commit.StoredTurns);
            Assert.Equal(turns[commit.Id].Sum(turn => turn.Bytes), commit.Bytes);
            Assert.Equal(visuals[commit.Id].Sum(visual => visual.Bytes), commit.VisualBytes);
        }

        var live = cloud.Commits.Values.Where(commit => commit.IsLive).ToList();
        Assert.Equal(live.Count(commit => commit.HasTurns), cloud.Head?.Commits ?? 0);
        Assert.Equal(live.Sum(commit => commit.Held), cloud.Head?.Bytes ?? 0);
    }
}
