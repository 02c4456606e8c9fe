using CogCommit.Core.Config;
using CogCommit.Core.Store;

namespace CogCommit.Core.Watch;

/// <summary>The settings that watching heeds, as they were read last.</summary>
internal sealed record WatchSettings
{
    /// <summary>False: asked by its caller not to sync, whatever is set.</summary>
    public bool MaySync { get; init; } = true;

    public bool UsesCloud { get; init; } = true;

    public bool ContinuousSync { get; init; } = true;

    public TimeSpan Debounce { get; init; } = TimeSpan.FromMilliseconds(500);

    public TimeSpan MaxWait { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan PullInterval { get; init; } = TimeSpan.FromMinutes(5);

    public TimeSpan SessionIdle { get; init; } = TimeSpan.FromMinutes(30);

    public VisualCacheLimits VisualCache { get; init; } = new(TimeSpan.FromDays(30), 500L << 20);

    /// <summary>One text per pattern: records compare lists by reference.</summary>
    public string Excluded { get; init; } = "";

    /// <summary>Null: it syncs, once somebody signed in. Else why it does not, in a sentence.</summary>
    public string? OffBecause => !MaySync ? "Nothing is synced, as -NoSync asks."
        : !UsesCloud ? "The setting storage is local."
        : !ContinuousSync ? "The setting continuous-sync is false."
        : null;

    public IReadOnlyList<string> ExcludeProjects => Excluded.Length == 0 ? [] : Excluded.Split('\n');

    /// <exception cref="CogCommitException">ConfigInvalidValue: one of them is set to what it cannot be.</exception>
    public static WatchSettings Of(Settings settings, WatchOptions options) => new()
    {
        MaySync = !options.NoSync,
        UsesCloud = settings.UsesCloud,
        ContinuousSync = settings.ContinuousSync,
        Debounce = settings.SyncDebounce,
        MaxWait = settings.SyncMaxWait,
        PullInterval = settings.PullInterval,
        SessionIdle = settings.SessionIdle,
        VisualCache = settings.VisualCache,
        Excluded = string.Join('\n', settings.ExcludeProjects),
    };

    /// <summary>The names of what differs, as Set-CogCommitConfig takes them.</summary>
    public IReadOnlyList<string> ChangesTo(WatchSettings other)
    {
        List<string> changed = [];
        void Compare(string name, object? one, object? another)
        {
            if (!Equals(one, another))
            {
                changed.Add(name);
            }
        }

        Compare("storage", UsesCloud, other.UsesCloud);
        Compare("continuous-sync", ContinuousSync, other.ContinuousSync);
        Compare("sync-debounce", Debounce, other.Debounce);
        Compare("sync-max-wait", MaxWait, other.MaxWait);
        Compare("pull-interval", PullInterval, other.PullInterval);
        Compare("session-idle", SessionIdle, other.SessionIdle);
        Compare("visual-cache-ttl", VisualCache.TimeToLive, other.VisualCache.TimeToLive);
        Compare("visual-cache-size", VisualCache.Bytes, other.VisualCache.Bytes);
        Compare("exclude-projects", Excluded, other.Excluded);
        return changed;
    }
}
