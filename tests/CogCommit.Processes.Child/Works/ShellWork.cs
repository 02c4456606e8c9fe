using System.Globalization;
using CogCommit.Core.Query;
using CogCommit.Core.Store;

namespace CogCommit.Processes.Child.Works;

/// <summary>A person at a prompt, who lists, searches and edits: <c>shell &lt;line&gt; &lt;name&gt; &lt;edits&gt;</c>. Each edit is of the next commit.</summary>
internal static class ShellWork
{
    public static Task RunAsync(WorkPlace place)
    {
        for (var edit = 0; edit < place.Number(1); edit++)
        {
            // As each cmdlet does.
            using var store = place.OpenStore();
            var commits = CommitReader.Read(store, new CommitFilter()).Select(commit => commit.Id).Order(StringComparer.Ordinal).ToList();
            _ = Search.Find(store, new SearchFilter { Query = "prompt" }).Count();
            if (commits.Count > 0)
            {
                var commit = commits[edit % commits.Count];
                var title = string.Create(CultureInfo.InvariantCulture, $"{place.Text(0)}-{edit}");
                Curation.Apply(store, commit, new CurationChange { Title = title });
                place.Said.Done($"edit {commit} {title}");
            }
        }

        return Task.CompletedTask;
    }
}
