using CogCommit.Bench.Corpus;

namespace CogCommit.Bench;

/// <summary>One run: where its data lies, and how often things are measured. What it makes beside the corpora goes with it.</summary>
internal sealed class BenchRun(int? rounds) : IDisposable
{
    private readonly string _scratch = Directory.CreateTempSubdirectory("cogcommit-bench-run-").FullName;
    private int _folders;

    /// <summary>Corpora and stores, kept from run to run by what they were made of.</summary>
    public CorpusCache Cache { get; } = new();

    /// <summary>How often a case is measured, unless somebody said.</summary>
    public int Rounds(int usual) => rounds ?? usual;

    /// <summary>An empty folder of this run.</summary>
    public string Folder() => Directory.CreateDirectory(Path.Combine(_scratch, $"{++_folders}")).FullName;

    public void Dispose() => Directory.Delete(_scratch, recursive: true);
}
