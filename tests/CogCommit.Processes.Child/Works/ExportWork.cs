using CogCommit.Core.Export;
using CogCommit.Core.Query;

namespace CogCommit.Processes.Child.Works;

/// <summary>Writes all commits into a file: <c>export &lt;line&gt; &lt;file&gt; &lt;format&gt; [forever]</c>.</summary>
internal static class ExportWork
{
    public static Task RunAsync(WorkPlace place)
    {
        using var store = place.OpenStore();
        foreach (var _ in place.Rounds())
        {
            using var file = new ExportTarget(place.Text(0));
            using var document = new Exporter(store).Open(Enum.Parse<ExportFormat>(place.Text(1)), file.Writer);
            foreach (var commit in CommitReader.Read(store, new CommitFilter()))
            {
                document.Write(commit.Id);
                place.Said.At($"commit {commit.Id}");
            }

            document.Complete();
            place.Said.At("complete");
            file.Complete();
            place.Said.Done("exported");
        }

        return Task.CompletedTask;
    }
}
