using System.Management.Automation;
using CogCommit.Core.Query;

namespace CogCommit.PowerShell;

/// <summary>Reads the sessions of commits.</summary>
[Cmdlet(VerbsCommon.Get, "CogCommitSession")]
[OutputType(typeof(Session))]
public sealed class GetCogCommitSessionCommand : TurnFilterCommand
{
    private protected override void Process()
    {
        foreach (var commits in Scopes())
        {
            foreach (var session in SessionReader.Read(Store, commits, StopToken).Where(IsMeant))
            {
                WriteObject(session);
            }
        }
    }

    private bool IsMeant(Session session) =>
        (SessionId is null || SessionId.Contains(session.SessionId) || SessionId.Contains(session.AgentSessionId))
        && ((Role is null && Tool is null) || HasTurn(session));

    private bool HasTurn(Session session) =>
        TurnReader.Read(Store, new TurnFilter { SessionIds = [session.SessionId], Roles = Role ?? [], Tools = Tool ?? [] }, StopToken).Any();
}
