using System.Management.Automation;
using CogCommit.Core.Daemon;

namespace CogCommit.PowerShell;

/// <summary>Starts the daemon, which captures and syncs by itself.</summary>
[Cmdlet(VerbsLifecycle.Start, "CogCommitDaemon", SupportsShouldProcess = true, DefaultParameterSetName = Starting)]
[OutputType(typeof(DaemonStatus), ParameterSetName = [Starting])]
[OutputType(typeof(string), ParameterSetName = [Copying])]
public sealed class StartCogCommitDaemonCommand : DaemonCommand
{
    private const string Starting = "Start";
    private const string Copying = "Copy";

    /// <summary>Seconds to wait until it watches.</summary>
    [Parameter(ParameterSetName = Starting, HelpMessage = "How many seconds to wait until it watches. Default: 120. One that ends before is told at once.")]
    [ValidateRange(1, 3600)]
    public int Timeout { get; set; } = 120;

    /// <summary>Only makes the copy of the module that a daemon runs from.</summary>
    [Parameter(ParameterSetName = Copying, Mandatory = true,
        HelpMessage = "Starts nothing: makes the copy of the module that a daemon runs from, and returns its folder. What Register-CogCommitDaemon writes does so at logon.")]
    public SwitchParameter CopyOnly { get; set; }

    private protected override void Process()
    {
        if (CopyOnly)
        {
            if (ShouldProcess(Home.Root, "Copy the module"))
            {
                WriteObject(NewStart().Copy());
            }
        }
        else if (DaemonStatusReader.Read(Home) is { IsRunning: true, ProcessId: { } pid })
        {
            WriteVerbose($"Process {pid} watches already.");
            WriteObject(Status);
        }
        else if (ShouldProcess(Home.Root, "Start the daemon"))
        {
            var start = NewStart();
            Run("Starting the daemon", async (_, cancel) => await start.RunAsync(TimeSpan.FromSeconds(Timeout), cancel).ConfigureAwait(false));
            WriteObject(Status);
        }
    }

    private DaemonStart NewStart() => new(Home, FindPowerShell(), DaemonStart.ThisModule);
}
