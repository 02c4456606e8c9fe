using CogCommit.Core.Daemon;
using CogCommit.Core.Tests.Store;

namespace CogCommit.Core.Tests.Daemon;

/// <summary>How a daemon ends that does not come up. One that does is a process of its own: the tests of the cmdlets have it.</summary>
public sealed class DaemonProgramTests : IDisposable
{
    private readonly TempHome _temp = new();
    private readonly StringWriter _said = new();

    [Fact]
    public async Task Where_somebody_watches_already_that_is_what_was_wanted()
    {
        await using var first = await Watching.StartAsync(_temp.Home, WatchMode.Daemon, TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.Equal(0, DaemonProgram.Run(_temp.Home, _said));

        Assert.StartsWith($"The daemon, process {Environment.ProcessId}, watches", _said.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_keeps_it_from_watching_is_told()
    {
        Directory.CreateDirectory(new DaemonPaths(_temp.Home).Lock);

        Assert.Equal(1, DaemonProgram.Run(_temp.Home, _said));

        Assert.StartsWith("WatchLockRefused: ", _said.ToString(), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _said.Dispose();
        _temp.Dispose();
    }
}
