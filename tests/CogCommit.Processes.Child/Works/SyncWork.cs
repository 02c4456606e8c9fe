using System.Globalization;
using CogCommit.Core;
using CogCommit.Core.Capture;
using CogCommit.Core.Sync;

namespace CogCommit.Processes.Child.Works;

/// <summary>
/// Syncs, as the daemon does, or, where a folder is named, imports and syncs, as a scheduled task does:
/// <c>sync &lt;line&gt; &lt;times&gt; [folder]</c>.
/// </summary>
internal static class SyncWork
{
    public static async Task RunAsync(WorkPlace place)
    {
        using var store = place.OpenStore();
        using var account = place.OpenAccount();
        for (var time = 0; time < place.Number(0); time++)
        {
            if (place.TextOrNull(1) is { } folder)
            {
                new Importer(store).Run(new ImportOptions { Paths = [folder] }, null, CancellationToken.None);
            }

            var result = await WorkPlace.Connect(store, account).SyncAsync(new SyncOptions());
            if (result.Offline)
            {
                throw new CogCommitException("Offline", "The cloud could not be reached.", ErrorKind.Unavailable);
            }

            place.Said.Done(string.Create(CultureInfo.InvariantCulture, $"synced {result.Pushed} {result.Pulled} {result.Failed} {result.Conflicts}"));
        }
    }
}
