using CogCommit.Core.Capture;
using CogCommit.Core.Store;

namespace CogCommit.Bench.Corpus;

/// <summary>Stores of which there is a first push or pull, made once and kept.</summary>
internal static class Histories
{
    // 666 of these, as the original's test pushes them, are 60,000 turns.
    private const string Commits = "666commits";
    private const int TurnsPerCommit = 90;

    /// <summary>Of transcripts: some 1,800, 17,000 and 100,000 turns, 26 in a commit. Of commits: 60,000 turns, 90 in each.</summary>
    public static IReadOnlyList<string> Sizes { get; } = ["17MB", "170MB", "1GB", Commits];

    /// <summary>How often one is pushed or pulled where nobody says: a large one takes long.</summary>
    public static int Rounds(string size) => size is "1GB" or Commits ? 3 : 5;

    /// <summary>The home of a store with all turns of transcripts of this size, or with so many commits.</summary>
    public static string Home(this CorpusCache cache, string size)
    {
        if (size == Commits)
        {
            return cache.Folder($"home-{size}", folder => new StoreCorpus(TurnsPerCommit).Write(folder, 666 * TurnsPerCommit));
        }

        var transcripts = cache.Transcripts(size);
        return cache.Folder($"home-{size}", folder =>
        {
            using var store = StoreFile.Open(new CogCommitHome(folder));
            new Importer(store).Run(new ImportOptions { Paths = [transcripts] }, null, CancellationToken.None);
        });
    }
}
