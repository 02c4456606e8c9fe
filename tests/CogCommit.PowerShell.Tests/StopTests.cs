using System.Management.Automation;
using CogCommit.PowerShell.Tests.Engine;
using CogCommit.PowerShell.Tests.Samples;

namespace CogCommit.PowerShell.Tests;

/// <summary>Ctrl+C, and a pipeline that has enough.</summary>
public sealed class StopTests : IDisposable
{
    private readonly BareEngine _engine = new();

    /// <summary>Enough to be in the middle of it when the first transcripts are in.</summary>
    private string Much()
    {
        for (var file = 0; file < 30; file++)
        {
            var transcript = new Transcript("lighthouse", "main", $"2026-02-{1 + (file % 28):00}T08:00:00Z");
            for (var turn = 0; turn < 200; turn++)
            {
                transcript.Prompt($"Prompt {turn} of {file}").Answer($"Answer {turn} of {file}").GitCommit($"{file:x3}{turn:x5}", $"Step {turn}");
            }
            transcript.Write(_engine.Folder);
        }
        return Path.Combine(_engine.Folder, "projects");
    }

    [Fact]
    public void A_stopped_import_leaves_the_store_right_and_the_next_one_goes_on()
    {
        var folder = Much();

        PSInvocationState? state = null;
        _engine.Watch(
            shell =>
            {
                shell.InvocationStateChanged += (_, changed) => state = changed.InvocationStateInfo.State;
                _ = Task.Run(async () =>
                {
                    // The write-ahead log appears with the first transaction of the import.
                    while (!File.Exists(Path.Combine(_engine.Home, "global", "data.db-wal")))
                    {
                        await Task.Yield();
                    }
                    shell.Stop();
                });
            },
            "Import-CogCommit $args[0]", folder);
        Assert.Equal(PSInvocationState.Stopped, state);
        var atTheStop = _engine.Run("Get-CogCommit").Fine().Output.Count;
        Assert.InRange(atTheStop, 0, 5_999);

        _engine.Run("Import-CogCommit $args[0]", folder).Fine();
        var stopped = _engine.Run("Get-CogCommit").Fine();

        _engine.Machine("two");
        _engine.Run("Import-CogCommit $args[0]", folder).Fine();
        var whole = _engine.Run("Get-CogCommit").Fine();
        Assert.Equal(6_000, whole.Output.Count);
        Assert.Equal(whole.All<string>("Id"), stopped.All<string>("Id"));
        Assert.Equal(whole.All<int>("TurnCount"), stopped.All<int>("TurnCount"));
    }

    [Fact]
    public void A_stopped_reading_ends_at_once()
    {
        _engine.Run("Import-CogCommit $args[0]", History.Write(_engine.Folder)).Fine();

        PSInvocationState? state = null;
        var outcome = _engine.Watch(
            shell =>
            {
                shell.InvocationStateChanged += (_, changed) => state = changed.InvocationStateInfo.State;
                shell.Streams.Information.DataAdded += (_, _) => Task.Run(shell.Stop);
            },
            // Without the stop this never ends.
            """
            function Say { [CmdletBinding()] param() $PSCmdlet.WriteInformation('reading', [string[]]@()) }
            while ($true) { Get-CogCommitTurn | ForEach-Object { Say } }
            """);

        Assert.Equal(PSInvocationState.Stopped, state);
        Assert.Empty(outcome.Errors);
    }

    public void Dispose() => _engine.Dispose();
}
