using CogCommit.Core.Cloud;
using CogCommit.Core.Store;

namespace CogCommit.Cloud.Tests;

/// <summary>A machine of a user: a home of its own, with its sign-in.</summary>
public sealed class TestMachine : IDisposable
{
    private readonly TestFolder _folder = new();

    public TestMachine(string userName, HttpMessageHandler? handler = null, TimeProvider? clock = null)
    {
        UserName = userName;
        Home = new CogCommitHome(System.IO.Path.Combine(_folder.Path, "home"));
        Account = new CloudAccount(Home, null, handler, clock);
    }

    public string UserName { get; }

    public CogCommitHome Home { get; }

    public CloudAccount Account { get; }

    public void Dispose()
    {
        Account.Dispose();
        _folder.Dispose();
    }
}
