namespace CogCommit.Core.Cloud.Realtime;

/// <summary>The time, which never goes back: a clock that is set back would leave a heartbeat waiting for as long.</summary>
internal sealed class SteadyClock(TimeProvider clock)
{
    private DateTimeOffset _seen = clock.GetUtcNow();

    /// <summary>How much the clock was set back since the beginning.</summary>
    public TimeSpan SetBack { get; private set; }

    public DateTimeOffset Now()
    {
        var now = clock.GetUtcNow() + SetBack;
        if (now < _seen)
        {
            SetBack += _seen - now;
            now = _seen;
        }

        return _seen = now;
    }
}
