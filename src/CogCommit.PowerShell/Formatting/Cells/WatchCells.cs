using System.Management.Automation;

namespace CogCommit.PowerShell.Formatting;

/// <summary>What happened while watching, as its table shows it.</summary>
internal sealed class WatchCells(PSObject source) : ShownCells(source)
{
    private const int ProjectWidth = 14;
    private const int BeforeMessage = 8 + 1 + 15 + 1 + ProjectWidth + 1;

    public string Time => MomentText.TimeOfDay(Source.Moment("Time"));

    public string Kind => Source.Text("Kind") switch
    {
        "Error" => Palette.Red("Error"),
        var kind and ("Offline" or "Conflict") => Palette.Yellow(kind),
        var kind and ("CommitClosed" or "Online") => Palette.Green(kind),
        var kind and ("Captured" or "Pushed" or "Pulled") => kind,
        var kind => Palette.Dim(kind ?? ""),
    };

    public string Project => Named("Project", ProjectWidth);

    public string Message => Wrapped("Message", BeforeMessage);
}
