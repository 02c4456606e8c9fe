namespace CogCommit.Core.Watch;

/// <summary>
/// Waits between tries that fail: random, below a limit that doubles from one try to the next, so that many machines which lost the same
/// cloud do not come back at once. Never less than a tenth of the limit: a row of small random numbers is no tight loop either.
/// </summary>
internal sealed class BackOff(Random random, TimeSpan first, TimeSpan longest)
{
    private const int SoftStep = 3;
    private int _step;

    /// <summary>How long to wait after one more failure.</summary>
    public TimeSpan Next()
    {
        var limit = Math.Min(longest.TotalSeconds, first.TotalSeconds * Math.Pow(2, _step));
        _step = Math.Min(_step + 1, 30);
        return TimeSpan.FromSeconds(Math.Max(limit * random.NextDouble(), Math.Max(limit / 10, first.TotalSeconds)));
    }

    /// <summary>The next one is the first.</summary>
    public void Reset() => _step = 0;

    /// <summary>There is reason to hope: the next waits are short again, but not the shortest.</summary>
    public void Soften() => _step = Math.Min(_step, SoftStep);
}
