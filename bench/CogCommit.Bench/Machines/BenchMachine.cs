using CogCommit.Cloud.Tests.Wire;
using CogCommit.Core.Cloud;
using CogCommit.Core.Store;
using CogCommit.Core.Sync;

namespace CogCommit.Bench.Machines;

/// <summary>A machine of a user: a home of its own, signed in over the wire.</summary>
internal sealed class BenchMachine : IDisposable
{
    private readonly CloudAccount _account;

    public BenchMachine(string user, string? home, string folder, Uri url, string anonKey, string refreshToken)
    {
        User = user;
        if (home is not null)
        {
            Copy(home, folder);
        }

        var own = new CogCommitHome(folder);
        _account = new CloudAccount(own, null);
        var asked = new SignInRequest { Url = url, AnonKey = anonKey, RefreshToken = refreshToken };
        _account.SignInAsync(asked, new NoPrompt(), CancellationToken.None).GetAwaiter().GetResult();
        Store = StoreFile.Open(own);
        Cloud = _account.Connect();
    }

    public string User { get; }

    public StoreFile Store { get; }

    public ICloud Cloud { get; }

    public SyncResult Push() => Engine(Cloud).PushAsync(new PushOptions()).GetAwaiter().GetResult();

    public SyncResult Pull() => Engine(Cloud).PullAsync(new PullOptions()).GetAwaiter().GetResult();

    public SyncResult Sync() => Engine(Cloud).SyncAsync(new SyncOptions()).GetAwaiter().GetResult();

    /// <summary>As a new process has it.</summary>
    public SyncEngine Engine(ICloud cloud) => new(Store, cloud);

    public void Dispose()
    {
        Store.Dispose();
        _account.Dispose();
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
            // Else the store's first checkpoint would wait until the disk has the copy.
            using var written = File.OpenHandle(copy, FileMode.Open, FileAccess.ReadWrite);
            RandomAccess.FlushToDisk(written);
        }
    }
}
