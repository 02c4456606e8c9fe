namespace CogCommit.PowerShell.Formatting;

/// <summary>Whether something watches, in a few words.</summary>
internal static class DaemonText
{
    /// <param name="daemon">A DaemonStatus.</param>
    /// <param name="palette">Of the output.</param>
    public static string Running(ShownObject daemon, Palette palette)
    {
        if (!daemon.Flag("IsRunning"))
        {
            return palette.Yellow("not running") + (daemon.Flag("IsRegistered") ? ", starts at logon" : "");
        }

        var what = daemon.Text("Mode") == "Foreground" ? "Watch-CogCommit in a session" : "running";
        var since = daemon.Moment("StartedAt") is { } started ? $" since {MomentText.Minute(started)}" : "";
        var process = daemon.MaybeNumber("ProcessId") is { } pid ? $", process {pid}" : "";
        return $"{palette.Green(what)}{since}{process}";
    }
}
