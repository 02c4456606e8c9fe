using CogCommit.Core.Capture;
using CogCommit.Core.Store;
using CogCommit.Core.Tests.Capture.Import;
using CogCommit.Core.Tests.Store;

namespace CogCommit.Processes.Tests;

/// <summary>A store with imported transcripts, to be copied into homes.</summary>
internal sealed class Template : IDisposable
{
    private readonly TempHome _home = new();
    private readonly TranscriptFolder _transcripts = new();

    public Template(int seed, int prompts)
    {
        Transcripts.Write(_transcripts.Root, seed, prompts);
        using var store = StoreFile.Open(_home.Home);
        new Importer(store).Run(new ImportOptions { Paths = [_transcripts.Root] }, null, TestContext.Current.CancellationToken);
        Rows = new CapturedStore(store).Rows();
    }

    /// <summary>What was captured, as text.</summary>
    public string Rows { get; }

    public void CopyTo(CogCommitHome home)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(home.DatabasePath)!);
        File.Copy(_home.Home.DatabasePath, home.DatabasePath);
    }

    public void Dispose()
    {
        _home.Dispose();
        _transcripts.Dispose();
    }
}
