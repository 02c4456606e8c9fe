using CogCommit.Core.Capture;
using CogCommit.Core.Store;

namespace CogCommit.Bench.Corpus;

/// <summary>Stores with transcripts in them, imported once and kept.</summary>
internal static class Histories
{
    /// <summary>Of the transcripts of which there are histories: some 1,800, 17,000 and 100,000 turns.</summary>
    public static IReadOnlyList<string> Sizes { get; } = ["17MB", "170MB", "1GB"];

    /// <summary>The home of a store with all turns of transcripts of this size.</summary>
    public static string Home(this CorpusCache cache, string size)
    {
        var transcripts = cache.Transcripts(size);
        return cache.Folder($"home-{size}", folder =>
        {
            using var store = StoreFile.Open(new CogCommitHome(folder));
            new Importer(store).Run(new ImportOptions { Paths = [transcripts] }, null, CancellationToken.None);
        });
    }
}
