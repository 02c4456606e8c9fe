using CogCommit.Core.Capture.ClaudeCode;
using CogCommit.Core.Cloud;
using CogCommit.Core.Cloud.Realtime;
using CogCommit.Core.Store;

namespace CogCommit.Core.Watch;

/// <summary>
/// Watches the agents' transcripts, captures what is new, and keeps store and cloud in step, until it is stopped. Settings, sign-in, and
/// what other processes do to the store take effect while it runs.
/// </summary>
public sealed class ContinuousSync
{
    private readonly CogCommitHome _home;
    private readonly TimeProvider _clock;
    private readonly WatchParts _parts;

    /// <param name="home">Whose store and settings; the store is created where there is none.</param>
    /// <param name="options">What is watched.</param>
    /// <param name="listen">Hears of other machines' pushes; null: they are asked for each minute.</param>
    /// <param name="clock">Null: the system's.</param>
    /// <param name="report">Hears what is done.</param>
    public ContinuousSync(
        CogCommitHome home, WatchOptions options, Func<CloudAccount, ICloudNudges>? listen = null, TimeProvider? clock = null, IReport? report = null)
    {
        ArgumentNullException.ThrowIfNull(home);
        ArgumentNullException.ThrowIfNull(options);
        (_home, _clock) = (home, clock ?? TimeProvider.System);
        _parts = new WatchParts
        {
            Options = options,
            Roots = options.Paths.Count > 0 ? options.Paths : AgentFolders(),
            Account = settings => new WatchedAccount(home, settings, listen, _clock, report),
            GiveBack = options.OwnsProcess ? MemoryRest.OfProcess : null,
            Report = report,
        };
    }

    /// <summary>Of a process that is there for this alone.</summary>
    internal static ContinuousSync OfItsProcess(CogCommitHome home, IReport? report) =>
        new(home, new WatchOptions { OwnsProcess = true }, account => account.Listen(), report: report);

    internal ContinuousSync(CogCommitHome home, WatchParts parts, TimeProvider clock) => (_home, _parts, _clock) = (home, parts, clock);

    /// <summary>Runs until it is cancelled; then the current transaction and, for five seconds at most, a last push are finished.</summary>
    /// <param name="say">Hears each event; on any thread, one at a time. Watching waits for it.</param>
    /// <param name="status">Hears each new status; as the other.</param>
    /// <param name="cancellationToken">Ends it; it then returns.</param>
    /// <exception cref="CogCommitException">It cannot begin; or the store was taken away, or upgraded by a newer version, meanwhile.</exception>
    public async Task RunAsync(Action<WatchEvent> say, Action<WatchStatus> status, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(say);
        ArgumentNullException.ThrowIfNull(status);
        using var store = StoreFile.Open(_home, _clock);
        using var loop = new WatchLoop(_parts, store, say, status);
        await loop.RunAsync(cancellationToken).ConfigureAwait(false);
    }

    private static IReadOnlyList<string> AgentFolders() =>
        TranscriptFolders.Default(Environment.GetEnvironmentVariable, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile));
}
