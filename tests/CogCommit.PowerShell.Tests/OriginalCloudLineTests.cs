using CogCommit.PowerShell.Tests.Engine;
using CogCommit.PowerShell.Tests.Samples;

namespace CogCommit.PowerShell.Tests;

/// <summary>Those of the original's command lines that speak to the cloud.</summary>
public sealed class OriginalCloudLineTests(LocalCloud cloud) : IDisposable
{
    private readonly Machines _machines = new(cloud);
    private readonly string _user = "u" + Guid.NewGuid().ToString("N")[..8];

    [Fact]
    public void Login_push_pull_sync_and_logout()
    {
        Assert.Equal(_user, _machines.Connect(_user, "", "cogcommit login --url=$($args[0]) --anon-key $args[1] --no-browser").Fine().One.Get<string>("UserName"));
        Assert.Equal(_user, _machines.Run("cogcommit whoami").Fine().One.Get<string>("UserName"));
        History.Write(Path.Combine(_machines.Folder, "claude"));

        Assert.Equal(0, _machines.Run("cogcommit push --skip-import").Fine().One.Get<int>("Pushed"));
        Assert.Empty(_machines.Run("cogcommit push --dry-run").Fine().Output);
        Assert.Equal(4, _machines.Run("cogcommit push").Fine().One.Get<int>("Pushed"));
        Assert.Equal(10, _machines.Run("cogcommit push --force").Fine().One.Get<int>("Turns"));
        Assert.Equal(0, _machines.Run("cogcommit push -r").Fine().One.Get<int>("Turns"));
        Assert.Equal(0, _machines.Run("cogcommit pull").Fine().One.Get<int>("Pulled"));
        Assert.Equal(0, _machines.Run("cogcommit sync").Fine().One.Get<int>("Pushed"));
        Assert.Equal(4, _machines.Run("cogcommit sync --status").Fine().One.Get<int>("Synced"));

        Assert.False(_machines.Run("cogcommit logout").Fine().One.Get<bool>("SignedIn"));
    }

    public void Dispose() => _machines.Dispose();
}
