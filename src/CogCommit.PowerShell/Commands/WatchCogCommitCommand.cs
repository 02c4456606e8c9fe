using System.Management.Automation;
using CogCommit.Core;
using CogCommit.Core.Daemon;
using CogCommit.Core.Watch;
using CogCommit.PowerShell.Pipeline;

namespace CogCommit.PowerShell;

/// <summary>Captures and syncs by itself until it is stopped, and says what happens.</summary>
[Cmdlet(VerbsCommon.Watch, "CogCommit", DefaultParameterSetName = Foreground)]
[OutputType(typeof(WatchEvent))]
public sealed class WatchCogCommitCommand : CogCommitCommand
{
    private const string Foreground = "Foreground";
    private const string Literally = "LiteralPath";
    private const string AsDaemon = "Daemon";

    // What a timer can wait for.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(24);

    /// <summary>Transcripts and folders of them, wildcards allowed; the agents' own folders when none is given.</summary>
    [Parameter(ParameterSetName = Foreground, Position = 0, HelpMessage = "Transcripts and folders of them, wildcards allowed. Default: the agents' own folders.")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Path { get; set; }

    /// <summary>As Path, without wildcards.</summary>
    [Parameter(ParameterSetName = Literally, Mandatory = true, HelpMessage = "Transcripts and folders as they are written: no character is a wildcard.")]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string[]? LiteralPath { get; set; }

    /// <summary>Captures only, whatever the settings say.</summary>
    [Parameter(ParameterSetName = Foreground, HelpMessage = "Captures only, whatever the settings say.")]
    [Parameter(ParameterSetName = Literally, HelpMessage = "Captures only, whatever the settings say.")]
    public SwitchParameter NoSync { get; set; }

    /// <summary>Ends it by itself after this time.</summary>
    [Parameter(ParameterSetName = Literally, HelpMessage = "Ends it by itself after this time, such as 00:10:00; without it only Ctrl+C does, or Stop-CogCommitDaemon.")]
    [Parameter(ParameterSetName = Foreground, HelpMessage = "Ends it by itself after this time, such as 00:10:00; without it only Ctrl+C does, or Stop-CogCommitDaemon.")]
    public TimeSpan? Timeout { get; set; }

    /// <summary>Writes to the log instead of the pipeline.</summary>
    [Parameter(ParameterSetName = AsDaemon, Mandatory = true, HelpMessage = "Does what the daemon does, in this process: writes to the log instead of the pipeline.")]
    public SwitchParameter Daemon { get; set; }

    private protected override void Process()
    {
        if (Timeout is { } time && (time < TimeSpan.Zero || time > Longest))
        {
            throw new CogCommitException(
                "InvalidTimeout", $"{time} is no time to watch for: from 00:00:00 to {Longest}. Without -Timeout it goes on until it is stopped.", ErrorKind.InvalidArgument);
        }

        Run(async (pump, cancel) =>
        {
            await (Daemon ? DaemonProgram.WatchAsync(Home, NewReport(pump), cancel) : WatchAsync(pump, cancel)).ConfigureAwait(false);
            return true;
        });
    }

    private Task WatchAsync(Pump pump, CancellationToken cancel)
    {
        var options = new WatchOptions { Paths = [.. (Path ?? []).SelectMany(FileSystemPaths), .. (LiteralPath ?? []).Select(ExistingPath)], NoSync = NoSync };
        var sync = new ContinuousSync(Home, options, account => account.Listen(), Clock, NewReport(pump));
        return new WatchPlace(Home, Clock).RunAsync(
            WatchMode.Foreground, (say, status, stop) => RunAsync(sync, say, status, stop), happened => pump.TryPost(() => WriteObject(happened)), cancel);
    }

    private async Task RunAsync(ContinuousSync sync, Action<WatchEvent> say, Action<WatchStatus> status, CancellationToken stop)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(stop);
        if (Timeout is { } after)
        {
            ends.CancelAfter(after);
        }

        await sync.RunAsync(say, status, ends.Token).ConfigureAwait(false);
    }
}
