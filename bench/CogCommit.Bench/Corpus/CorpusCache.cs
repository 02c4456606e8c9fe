using System.Globalization;
using CogCommit.Core.Store;

namespace CogCommit.Bench.Corpus;

/// <summary>
/// What is measured upon, in the system's temporary folder, by what it was made of: made once, used by every later run. Delete the folder
/// to be rid of it.
/// </summary>
internal sealed class CorpusCache
{
    // Another generator makes other bytes, another schema another store.
    private const int Version = 3;

    public string Root { get; } = Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"cogcommit-bench-{Version}"));

    /// <summary>The folder of this name, made by <paramref name="make"/> unless it is there whole.</summary>
    public string Folder(string name, Action<string> make)
    {
        var folder = Path.Combine(Root, name);
        if (!Directory.Exists(folder))
        {
            Console.Error.WriteLine($"making {name} ...");
            var half = Path.Combine(Root, $"{name}.half-{Environment.ProcessId}");
            Directory.CreateDirectory(half);
            make(half);
            Directory.Move(half, folder);
        }

        return folder;
    }

    /// <summary>Transcripts of about so many bytes.</summary>
    public string Transcripts(string size) =>
        Folder($"transcripts-{size}", folder => new TranscriptCorpus(TranscriptCorpus.Seed).Write(folder, TranscriptCorpus.Bytes(size)));

    /// <summary>So many transcripts of one length.</summary>
    public string Files(int files, int bytesEach) => Folder(
        string.Create(CultureInfo.InvariantCulture, $"files-{files}x{bytesEach}"),
        folder => new TranscriptCorpus(TranscriptCorpus.Seed).WriteFiles(folder, files, bytesEach));

    /// <summary>A store of so many turns. It is only read.</summary>
    public CogCommitHome Store(string size) => new(Folder($"store-{size}", folder => new StoreCorpus().Write(folder, StoreCorpus.Turns(size))));
}
