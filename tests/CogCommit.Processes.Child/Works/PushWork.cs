using System.Globalization;
using CogCommit.Core.Store;
using CogCommit.Core.Sync;

namespace CogCommit.Processes.Child.Works;

/// <summary>Edits and sends, edits and sends: <c>push &lt;line&gt; &lt;number of the first edit&gt; &lt;edits&gt; [forever]</c>.</summary>
internal static class PushWork
{
    public static async Task RunAsync(WorkPlace place)
    {
        using var store = place.OpenStore();
        using var account = place.OpenAccount();
        var commits = Commits(store);
        var number = place.Number(0);
        foreach (var _ in place.Rounds())
        {
            for (var edit = 0; edit < place.Number(1); edit++, number++)
            {
                var commit = commits[number % commits.Count];
                var title = number.ToString(CultureInfo.InvariantCulture);
                place.Said.At($"edit {commit} {title}");
                Curation.Apply(store, commit, new CurationChange { Title = title });
                place.Said.Done($"edit {commit} {title}");
            }

            await WorkPlace.Connect(store, account).PushAsync(new PushOptions());
            place.Said.Done($"pushed {number - 1}");
        }
    }

    private static List<string> Commits(StoreFile store)
    {
        using var reader = store.OpenReader();
        using var command = reader.CreateCommand();
        command.CommandText = "select id from cognitive_commits order by id";
        using var row = command.ExecuteReader();
        List<string> commits = [];
        while (row.Read())
        {
            commits.Add(row.GetString(0));
        }

        return commits;
    }
}
