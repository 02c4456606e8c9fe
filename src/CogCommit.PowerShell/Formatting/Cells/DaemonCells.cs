using System.Management.Automation;

namespace CogCommit.PowerShell.Formatting;

/// <summary>What watches this installation, on one screen.</summary>
internal sealed class DaemonCells(PSObject source) : ShownCells(source)
{
    private const int LabelWidth = 10;

    public string Text
    {
        get
        {
            var text = new LabelledText(Cells, Palette, Screen.Columns, LabelWidth);
            text.Add("Daemon", DaemonText.Running(Source, Palette));
            if (Running)
            {
                text.Add("Connection", ConnectionText.Of(Source, Palette, Source.Text("Reason")));
                text.Add("Last sync", Source.Moment("LastSync") is { } moment ? $"{Age("LastSync")} ago, {MomentText.Minute(moment)}" : "never");
                text.Add("Version", CellText.Clean(Source.Text("Version")));
            }

            text.Add("At logon", Source.Flag("IsRegistered") ? "started by the system" : "not started");
            text.Add("Log", CellText.Clean(Source.Text("LogPath")));
            if (!Running)
            {
                text.Line();
                text.Next("Start-CogCommitDaemon starts it.");
            }

            return text.ToString();
        }
    }

    private bool Running => Source.Flag("IsRunning");
}
