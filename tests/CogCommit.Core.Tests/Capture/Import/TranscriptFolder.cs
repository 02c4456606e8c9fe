namespace CogCommit.Core.Tests.Capture.Import;

/// <summary>A folder for made transcripts, gone when disposed.</summary>
internal sealed class TranscriptFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cogcommit-transcripts-");

    public string Root => _folder.FullName;

    public string At(string name) => _folder.CreateSubdirectory(name).FullName;

    public void Dispose() => _folder.Delete(recursive: true);
}
