using System.Diagnostics;
using CogCommit.Core.Store;

namespace CogCommit.Core.Daemon;

/// <summary>Starts the daemon of a home, and waits until it watches.</summary>
/// <param name="home">The home.</param>
/// <param name="program">The PowerShell that it is to be.</param>
/// <param name="module">The folder of the module's assemblies.</param>
public sealed class DaemonStart(CogCommitHome home, PowerShellProgram program, string module)
{
    private const int LastWords = 20;
    private const long LongestStartLog = 64 * 1024;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private readonly DaemonPaths _paths = new(home);

    /// <summary>The folder of the module that this process runs.</summary>
    public static string ThisModule => ModuleVersion.Folder ?? throw new InvalidOperationException("This process runs the module from no folder.");

    /// <summary>Makes the copy that a daemon runs from, and gives its folder.</summary>
    public string Copy() => ShadowCopy.Make(_paths, module, ModuleVersion.Current);

    /// <summary>Returns when somebody watches: the daemon that this started, or whoever was first.</summary>
    /// <param name="patience">How long to wait for that.</param>
    /// <param name="cancellationToken">Ends the waiting; the daemon goes on.</param>
    /// <exception cref="CogCommitException">DaemonNotStarted, with what it said. Then nothing of it is left running.</exception>
    public async Task<DaemonStatus> RunAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        if (Watched() is { } running)
        {
            return running.Status;
        }

        var copy = Copy();
        var from = ReadyStartLog();
        var started = DateTimeOffset.UtcNow;
        var id = DaemonRecord.NewId();
        var pid = await DaemonLaunch.StartAsync(program, id, copy, home.Root, _paths.StartLog, cancellationToken).ConfigureAwait(false);
        var waited = Stopwatch.StartNew();
        while (true)
        {
            // In this order: one that ended because another was first leaves a home that is watched.
            using var process = pid is { } number ? Of(number, started) : null;
            var late = waited.Elapsed >= patience;
            if (Watched() is { } watched)
            {
                // Where another was first, ours notices and ends. Until it has it would still take the place of one that is stopped meanwhile.
                var isOurs = watched.Id == id;
                if (process is null || isOurs || late)
                {
                    EndUnless(isOurs, process);
                    return watched.Status;
                }
            }
            else if (pid is not null && process is null && !WatchLock.IsHeld(_paths.Lock))
            {
                throw NotStarted("it ended at once", from);
            }
            else if (late)
            {
                EndUnless(false, process);
                throw NotStarted($"it did not watch after {patience.TotalSeconds:0} seconds, and was ended", from);
            }

            await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
        }
    }

    private static void EndUnless(bool wanted, Process? process)
    {
        if (!wanted)
        {
            // The pwsh of the dotnet tool is not the daemon, but its parent.
            process?.Kill(entireProcessTree: true);
        }
    }

    // Who holds the lock says who he is right afterwards, and how he stands to the cloud when he has begun: what is wrong with the settings ends him before.
    private (DaemonStatus Status, string Id)? Watched() =>
        DaemonStatusReader.Holder(_paths).Record is { HasBegun: true } holder && DaemonStatusReader.Read(home) is { IsRunning: true } status && status.ProcessId == holder.Pid
            ? (status, holder.Id)
            : null;

    private static Process? Of(int pid, DateTimeOffset started) => DaemonProcess.Find(new DaemonRecord
    {
        Id = "", Pid = pid, Machine = Environment.MachineName, Version = "", Started = started,
    });

    /// <returns>Where what this one says begins.</returns>
    private long ReadyStartLog()
    {
        try
        {
            PrivateFiles.CreateFolder(Path.GetDirectoryName(_paths.StartLog)!);
            using var log = PrivateFiles.Open(_paths.StartLog, FileMode.OpenOrCreate, FileShare.ReadWrite | FileShare.Delete);
            if (log.Length > LongestStartLog)
            {
                log.SetLength(0);
            }

            return log.Length;
        }
        catch (Exception refused) when (FileErrors.IsRefusal(refused))
        {
            throw new CogCommitException(
                "DaemonNotStarted", $"The daemon was not started, for '{_paths.StartLog}' cannot be written: {refused.Message} Mend that and try again.", ErrorKind.ReadOnly, refused);
        }
    }

    private CogCommitException NotStarted(string why, long from)
    {
        var said = string.Join('\n', SaidSince(from).TakeLast(LastWords));
        return new CogCommitException(
            "DaemonNotStarted",
            $"The daemon did not start: {why}. {(said.Length == 0 ? "It said nothing. " : $"It said:\n{said}\n")}Nothing of it is left running. '{_paths.StartLog}' and '{_paths.Log}' have the rest; Watch-CogCommit does the same work in this session.",
            ErrorKind.Unavailable);
    }

    private List<string> SaidSince(long from)
    {
        using var stream = new FileStream(_paths.StartLog, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        stream.Seek(Math.Min(from, stream.Length), SeekOrigin.Begin);
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0)];
    }
}
