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
        foreach (var filter in Scopes())
        {
            foreach (var session in SessionReader.Read(Store, filter, StopToken).Where(session => IsNew(session.SessionId) && HasTurn(session, filter)))
            {
                WriteObject(session);
            }
        }
    }

    private bool HasTurn(Session session, TurnFilter filter) => (Role is null && Tool is null)
        || TurnReader.Read(Store, filter with { CommitIds = [], SessionIds = [session.SessionId] }, StopToken).Any();
}
