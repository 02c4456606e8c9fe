using System.Management.Automation;

namespace CogCommit.PowerShell.Formatting;

/// <summary>A session as its table shows it.</summary>
internal sealed class SessionCells(PSObject source) : ShownCells(source)
{
    private const int BeforeAgent = 8 + 1 + 8 + 1 + 16 + 1 + 5 + 1;

    public string Session => ShortId(Source.Text("SessionId"));

    public string Commit => ShortId(Source.Text("CommitId"));

    public string Started => MomentText.Minute(Source.Moment("StartedAt"));

    public string Ended => MomentText.Minute(Source.Moment("EndedAt"));

    /// <summary>The agent's own session id; of a subagent its id and that of who sent it.</summary>
    public string Agent
    {
        get
        {
            var id = Source.Text("AgentSessionId") ?? "-";
            var slash = id.LastIndexOf('/');
            var shown = !Source.Flag("IsSubagent") ? id : slash < 0 ? $"subagent {id}" : $"subagent {id[(slash + 1)..]} of {ShortId(id[..slash])}";
            return Cells.Fit(shown, Rest(BeforeAgent));
        }
    }
}
