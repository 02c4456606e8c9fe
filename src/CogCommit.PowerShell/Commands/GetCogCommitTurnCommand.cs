using System.Management.Automation;
using CogCommit.Core.Query;

namespace CogCommit.PowerShell;

/// <summary>Reads the turns of commits, in the order they were spoken.</summary>
[Cmdlet(VerbsCommon.Get, "CogCommitTurn")]
[OutputType(typeof(Turn))]
public sealed class GetCogCommitTurnCommand : TurnFilterCommand
{
    private protected override void Process()
    {
        var filter = new TurnFilter { SessionIds = SessionId ?? [], Roles = Role ?? [], Tools = Tool ?? [] };
        foreach (var commits in Scopes())
        {
            foreach (var turn in TurnReader.Read(Store, filter with { CommitIds = commits }, StopToken))
            {
                WriteObject(turn);
            }
        }
    }
}
