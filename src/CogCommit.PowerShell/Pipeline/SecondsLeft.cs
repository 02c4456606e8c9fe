namespace CogCommit.PowerShell.Pipeline;

/// <summary>
/// How long work will still take, as far as its rate so far tells. What was said before counts down with the clock and moves only slowly to what
/// the rate says now: a number that jumps helps nobody.
/// </summary>
internal sealed class SecondsLeft(TimeProvider clock)
{
    /// <summary>Nothing can be said, as <see cref="System.Management.Automation.ProgressRecord.SecondsRemaining"/> has it.</summary>
    internal const int Unknown = -1;

    // The first moments tell more of caches and connections than of the work.
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private const double SmoothedOver = 4;

    private long _start = clock.GetTimestamp();
    private long _last;
    private long _done;
    private double? _said;

    /// <param name="done">How much is done now.</param>
    /// <param name="total">How much there is; 0 when nobody knows.</param>
    internal int At(long done, long total)
    {
        var now = clock.GetTimestamp();
        if (done < _done)
        {
            // Other work has begun.
            Restart(now);
        }

        _done = done;
        var elapsed = clock.GetElapsedTime(_start, now);
        if (total <= 0 || done <= 0 || elapsed < Shortest)
        {
            return Unknown;
        }

        if (done >= total)
        {
            _said = 0;
        }
        else
        {
            var byRate = elapsed.TotalSeconds * (total - done) / done;
            if (_said is { } said)
            {
                var passed = clock.GetElapsedTime(_last, now).TotalSeconds;
                var expected = Math.Max(0, said - passed);
                _said = expected + ((byRate - expected) * (1 - Math.Exp(-passed / SmoothedOver)));
            }
            else
            {
                _said = byRate;
            }
        }

        _last = now;
        return (int)Math.Min(int.MaxValue, Math.Ceiling(_said.Value));
    }

    /// <summary>From here on other work is measured.</summary>
    internal void Restart() => Restart(clock.GetTimestamp());

    private void Restart(long now) => (_start, _last, _done, _said) = (now, now, 0, null);
}
