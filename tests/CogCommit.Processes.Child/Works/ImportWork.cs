using CogCommit.Core.Capture;
using CogCommit.Core.Store;

namespace CogCommit.Processes.Child.Works;

/// <summary>Transcripts grow, and are imported as they do: <c>import &lt;line&gt; &lt;grown folder&gt; &lt;folder&gt; &lt;steps&gt; [forever]</c>.</summary>
internal static class ImportWork
{
    public static Task RunAsync(WorkPlace place)
    {
        var growth = new Growth(place.Text(0), place.Text(1), place.Number(2));
        StoreFile? open = null;
        var told = 0L;
        using var store = open = place.OpenStore(() => NewTurns(open, ref told));
        foreach (var round in place.Rounds())
        {
            foreach (var step in growth.Rest())
            {
                growth.To(step);
                new Importer(store).Run(new ImportOptions { Paths = [place.Text(1)] }, null, CancellationToken.None);
                place.Said.Done($"step {step}");
            }

            if (round > 0)
            {
                // Nothing is new any more: then everything is.
                new Importer(store).Run(new ImportOptions { Paths = [place.Text(1)], Rebuild = true }, null, CancellationToken.None);
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>The answers that came since this was asked last; a prompt may still find a better id.</summary>
    private static List<string> NewTurns(StoreFile? store, ref long after)
    {
        List<string> turns = [];
        if (store is not null)
        {
            using var reader = store.OpenReader();
            using var command = reader.CreateCommand();
            command.CommandText = "select id, change_seq from turns where role = 'assistant' and change_seq > $after";
            using var row = command.With("$after", after).ExecuteReader();
            while (row.Read())
            {
                turns.Add($"turn {row.GetString(0)}");
                after = Math.Max(after, row.GetInt64(1));
            }
        }

        return turns;
    }
}
