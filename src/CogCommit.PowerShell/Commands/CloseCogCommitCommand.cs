using System.Management.Automation;
using CogCommit.Core.Capture;
using CogCommit.Core.Query;
using CogCommit.PowerShell.Parameters.Completion;

namespace CogCommit.PowerShell;

/// <summary>Says that a piece of work is done: what comes after the last turn now known belongs to the next commit.</summary>
[Cmdlet(VerbsCommon.Close, "CogCommit", SupportsShouldProcess = true, DefaultParameterSetName = ByProject)]
[OutputType(typeof(CognitiveCommit))]
public sealed class CloseCogCommitCommand : CogCommitCommand
{
    private const string ByProject = "Project";
    private const string BySession = "Session";

    /// <summary>The agent's session id, or that of a session, or the first 8 or more characters of either.</summary>
    [Parameter(ParameterSetName = BySession, Mandatory = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "The agent's own session id, or the id of a session (Get-CogCommitSession), or the first 8 or more characters of either.")]
    [ArgumentCompleter(typeof(SessionIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] SessionId { get; set; } = [];

    /// <summary>The project whose latest session is closed; <c>.</c> is that of the current location.</summary>
    [Parameter(ParameterSetName = ByProject, Mandatory = true, Position = 0,
        HelpMessage = "The project whose latest session is closed; . is that of the current location.")]
    [ArgumentCompleter(typeof(ProjectNameCompleter))]
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
            ForOne(session, () => Close(Whole(session), null));
        }
    }

    /// <summary>Of a beginning that fits one session alone its id; what else it is, the closing says.</summary>
    private string Whole(string session) => session.Length >= 8 && SessionReader.FindIds(Store, session, 2) is [var one] ? one : session;

    private void Close(string? session, string? project)
    {
        if (ShouldProcess(session ?? project, "Close-CogCommit"))
        {
            WriteObject(Boundary.Close(Store, session, project));
        }
    }
}
