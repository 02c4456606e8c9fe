using System.Management.Automation;
using CogCommit.Core.Daemon;

namespace CogCommit.PowerShell;

/// <summary>Says whether the daemon runs, and how it stands to the cloud; or shows its log.</summary>
[Cmdlet(VerbsCommon.Get, "CogCommitDaemon", DefaultParameterSetName = ByStatus)]
[OutputType(typeof(DaemonStatus), ParameterSetName = [ByStatus])]
[OutputType(typeof(string), ParameterSetName = [ByLog])]
public sealed class GetCogCommitDaemonCommand : DaemonCommand
{
    private const string ByStatus = "Status";
    private const string ByLog = "Log";

    /// <summary>Returns the last lines of the log.</summary>
    [Parameter(ParameterSetName = ByLog, Mandatory = true, HelpMessage = "Returns the last lines of the log, oldest first.")]
    public SwitchParameter Log { get; set; }

    /// <summary>How many lines.</summary>
    [Parameter(ParameterSetName = ByLog, HelpMessage = "How many lines of the log. Default: 20.")]
    [ValidateRange(1, 100_000)]
    public int Tail { get; set; } = 20;

    private protected override void Process()
    {
        if (Log)
        {
            WriteObject(DaemonStatusReader.Log(Home, Tail), enumerateCollection: true);
        }
        else
        {
            WriteObject(Status);
        }
    }
}
