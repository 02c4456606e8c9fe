using System.Management.Automation;
using CogCommit.Core.Capture;

namespace CogCommit.PowerShell;

/// <summary>Says that a piece of work is done: what comes after the last turn now known belongs to the next commit.</summary>
[Cmdlet(VerbsCommon.Close, "CogCommit", SupportsShouldProcess = true, DefaultParameterSetName = ByProject)]
[OutputType(typeof(CognitiveCommit))]
public sealed class CloseCogCommitCommand : CogCommitCommand
{
    private const string ByProject = "Project";
    private const string BySession = "Session";

    /// <summary>The agent's session id, or that of a session.</summary>
    [Parameter(ParameterSetName = BySession, Mandatory = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "The agent's own session id, or the id of a session (Get-CogCommitSession).")]
    [ValidateNotNullOrEmpty]
    public string[] SessionId { get; set; } = [];

    /// <summary>The project whose latest session is closed; <c>.</c> is that of the current location.</summary>
    [Parameter(ParameterSetName = ByProject, Mandatory = true, Position = 0,
        HelpMessage = "The project whose latest session is closed; . is that of the current location.")]
    [ValidateNotNullOrEmpty]
    public string Project { get; set; } = "";

    private protected override void Process()
    {
        if (ParameterSetName == ByProject)
        {
            ForOne(Project, () => Close(null, Projects([Project], escape: false)[0]));
            return;
        }
        foreach (var session in SessionId)
        {
            ForOne(session, () => Close(session, null));
        }
    }

    private void Close(string? session, string? project)
    {
        if (ShouldProcess(session ?? project, "Close-CogCommit"))
        {
            WriteObject(Boundary.Close(Store, session, project));
        }
    }
}
