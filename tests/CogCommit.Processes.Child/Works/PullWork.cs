using CogCommit.Core.Store;
using CogCommit.Core.Sync;

namespace CogCommit.Processes.Child.Works;

/// <summary>Brings what the cloud has, and then all of it again: <c>pull &lt;line&gt; [forever]</c>.</summary>
internal static class PullWork
{
    public static async Task RunAsync(WorkPlace place)
    {
        StoreFile? open = null;
        using var store = open = place.OpenStore(() => Cursor(open));
        using var account = place.OpenAccount();
        foreach (var round in place.Rounds())
        {
            await WorkPlace.Connect(store, account).PullAsync(new PullOptions { Full = round > 0 });
            place.Said.Done("pulled");
        }
    }

    private static IEnumerable<string> Cursor(StoreFile? store)
    {
        if (store is null)
        {
            return [];
        }

        using var reader = store.OpenReader();
        using var command = reader.CreateCommand();
        command.CommandText = "select (select count(*) from turns), (select count(*) from cognitive_commits)";
        using var row = command.ExecuteReader();
        row.Read();
        return [$"rows {row.GetInt64(0)} {row.GetInt64(1)}"];
    }
}
