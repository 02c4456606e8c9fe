using CogCommit.Core.Export.Reading;
using CogCommit.Core.Export.Writing;
using CogCommit.Core.Store;

namespace CogCommit.Core.Export;

/// <summary>Our own exports in Json and Jsonl, and their way back into a store.</summary>
public static class ExportFile
{
    /// <summary>The first member of the first object of every export.</summary>
    internal const string Mark = "cogcommit_export";

    /// <summary>Of the format; an older reader refuses a newer one.</summary>
    internal const int Version = 1;

    /// <summary>True when the file begins as our exports do. Looks at its first bytes only.</summary>
    public static bool Recognises(string path) => ExportStart.Of(path) is not null;

    /// <summary>
    /// Merges the export's rows into the store: captured rows by (rev, hash), what the user said by (version, updated_at, hash). So
    /// importing twice changes nothing. The whole file is checked before anything is written.
    /// </summary>
    /// <param name="store">Where to.</param>
    /// <param name="path">The export.</param>
    /// <param name="progress">Told the rows: how many are in, and how many there are; 0 while that is not known.</param>
    /// <param name="cancellation">Ends it; what was written until then is whole.</param>
    /// <exception cref="CogCommitException">The file is none of our exports, a newer one, or damaged: the message names line and reason.</exception>
    public static ImportResult Import(
        StoreFile store, string path, IProgress<(long Done, long Total)>? progress = null, CancellationToken cancellation = default)
    {
        var started = store.Clock.GetTimestamp();
        long total = 0, done = 0;
        foreach (var _ in ExportReader.Read(path))
        {
            cancellation.ThrowIfCancellationRequested();
            total++;
            progress?.Report((0, 0));
        }

        var writer = new ExportWriter(store);
        foreach (var row in ExportReader.Read(path))
        {
            cancellation.ThrowIfCancellationRequested();
            writer.Add(row);
            progress?.Report((++done, total));
        }

        return writer.Complete(path, store.Clock.GetElapsedTime(started));
    }
}
