using CogCommit.CloudModel;
using CogCommit.Core.Cloud;
using CogCommit.Core.Sync;

namespace CogCommit.Simulation.Tests.Invariants;

/// <summary>Everything the cloud has, as the next new device would get it.</summary>
internal static class WholeCloud
{
    public static CloudRows Read(ModelCloud cloud)
    {
        List<CloudRows> pages = [];
        CloudCursor? cursor = null;
        bool more;
        do
        {
            var page = PullPage.Read(cloud.Pull(cursor, int.MaxValue));
            pages.Add(page.Rows);
            (cursor, more) = (page.Cursor, page.More);
        }
        while (more);

        return new CloudRows
        {
            Commits = [.. pages.SelectMany(page => page.Commits).DistinctBy(row => row.Id)],
            Sessions = [.. pages.SelectMany(page => page.Sessions).DistinctBy(row => row.Id)],
            Turns = [.. pages.SelectMany(page => page.Turns).DistinctBy(row => row.Id)],
            Visuals = [.. pages.SelectMany(page => page.Visuals).DistinctBy(row => row.Id)],
        };
    }
}
