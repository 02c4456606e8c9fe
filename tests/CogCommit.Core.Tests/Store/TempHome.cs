using CogCommit.Core.Store;

namespace CogCommit.Core.Tests.Store;

/// <summary>A home of its own in a temporary folder, gone when disposed.</summary>
public sealed class TempHome : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cogcommit-test-");

    public TempHome() => Home = new CogCommitHome(Path.Combine(_folder.FullName, "home"));

    public CogCommitHome Home { get; }

    public string Folder => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);
}
