using CogCommit.Core.Store;

namespace CogCommit.Core.Watch;

/// <summary>Trims the cache of fetched pictures each hour: on a machine where nobody fetches another one, nobody else does. On the loop's thread.</summary>
/// <param name="home">Whose cache.</param>
/// <param name="clock">When it is due.</param>
/// <param name="time">The time of day, by which files were used.</param>
internal sealed class CacheTrim(CogCommitHome home, WatchClock clock, TimeProvider time)
{
    public static readonly TimeSpan Between = TimeSpan.FromHours(1);

    private VisualCacheLimits? _limits;

    /// <summary>When it is due; the first time at once.</summary>
    public DateTimeOffset Next { get; private set; } = clock.Now;

    /// <summary>Other limits hold from now on.</summary>
    public void Use(VisualCacheLimits limits)
    {
        if (limits != _limits)
        {
            _limits = limits;
            Next = clock.Now;
        }
    }

    /// <exception cref="CogCommitException">VisualCacheNotTrimmed: the system refused something. It is tried again in its time.</exception>
    public void Act()
    {
        Next = clock.Now + Between;
        try
        {
            new VisualCache(home, _limits, time).Trim(time.GetUtcNow());
        }
        catch (Exception refused) when (FileErrors.IsRefusal(refused))
        {
            throw new CogCommitException(
                "VisualCacheNotTrimmed",
                $"The cache of pictures in '{home.VisualCachePath}' could not be trimmed: {refused.Message} It is tried again in an hour.",
                FileErrors.IsReadOnly(refused) ? ErrorKind.Unauthorized : ErrorKind.Unavailable,
                refused);
        }
    }
}
