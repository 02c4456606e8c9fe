using System.Globalization;
using System.Management.Automation;

namespace CogCommit.PowerShell.Formatting;

/// <summary>What a command did, as its list shows it: an import, a push, pull or sync, a wipe; and who is signed in.</summary>
internal sealed class ResultCells(PSObject source) : ShownCells(source)
{
    public string Files => $"{Count("FilesRead")} of {Count("Files")} read, {Count("Lines")} lines";

    public string Commits => $"{Count("CommitsNew")} new, {Count("CommitsUpdated")} updated";

    public string NewTurns => $"{Count("TurnsNew")} new, {Count("Prompts")} of them prompts";

    public string Housekeeping => Count("Housekeeping");

    public string Replays => Count("Replays");

    public string Replaced => Count("Replaced");

    public string BadLines => string.Join('\n', Source.Many("BadLines").Select(line => CellText.Clean($"{line.Text("File")}:{line.Text("Line")}: {line.Text("Reason")}")));

    public string Pushed => Count("Pushed");

    public string Pulled => Count("Pulled");

    public string Filtered => Count("Filtered");

    public string Repaired => Count("Repaired");

    public string Requests => Count("Requests");

    public string Turns => $"{Count("Turns")} sent, {Count("TurnsReceived")} received";

    public string Pictures => $"{Count("VisualsSent")} sent{(Source.Number("VisualsWaiting") == 0 ? "" : Palette.Yellow($", {Count("VisualsWaiting")} wait"))}";

    public string Size => SizeText.Bytes(Source.Number("Bytes"));

    public string Duration => Source.Real("DurationSeconds").ToString("0.0 s", CultureInfo.InvariantCulture);

    public string OverLimit => Palette.Yellow(Count("OverLimit"));

    public string Failed => Palette.Red(Count("Failed"));

    public string Conflicts => Palette.Magenta(Count("Conflicts"));

    public string Status => Source.Text("Status") switch
    {
        "offline" => Palette.Yellow("offline: nothing is lost, the next sync goes on"),
        "incomplete" => Palette.Red("incomplete"),
        var done => done ?? "",
    };

    public string WipedAt => MomentText.Minute(Source.Moment("WipedAt"));

    public string ExpiresAt => MomentText.Minute(Source.Moment("ExpiresAt"));

    private string Count(string property) => SizeText.Count(Source.Number(property));
}
