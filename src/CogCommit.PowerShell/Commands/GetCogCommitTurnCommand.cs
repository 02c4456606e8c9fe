using System.Management.Automation;
using CogCommit.Core.Query;
using CogCommit.PowerShell.Parameters;

namespace CogCommit.PowerShell;

/// <summary>Reads the turns of commits, in the order they were spoken.</summary>
[Cmdlet(VerbsCommon.Get, "CogCommitTurn")]
[OutputType(typeof(Turn))]
public sealed class GetCogCommitTurnCommand : TurnFilterCommand
{
    /// <summary>Turns: their ids, or the first 8 or more characters of them. A hit of a search is the turn that it found.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true,
        HelpMessage = "Turns: their ids, or the first 8 or more characters of them. A hit of Search-CogCommit means the turn that it found.")]
    [ObjectId("TurnId")]
    public string[]? TurnId { get; set; }

    private protected override void Process()
    {
        foreach (var filter in Scopes(TurnId))
        {
            var sessions = new HashSet<string>(StringComparer.Ordinal);
            foreach (var turn in TurnReader.Read(Store, filter, StopToken))
            {
                sessions.Add(turn.SessionId);
                if (!AlreadyTold.Has(turn.CommitId, turn.SessionId, turn.TurnId))
                {
                    WriteObject(turn);
                }
            }
            AlreadyTold.Add(filter.TurnIds.Count > 0 ? filter.TurnIds : filter.SessionIds.Count > 0 ? sessions : filter.CommitIds);
        }
    }
}
