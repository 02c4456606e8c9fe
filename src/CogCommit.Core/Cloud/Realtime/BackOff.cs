namespace CogCommit.Core.Cloud.Realtime;

/// <summary>Waits that double up to a limit, each somewhere between half and whole, so that machines that failed together do not come back together.</summary>
internal sealed class BackOff(TimeSpan first, TimeSpan longest, Random random)
{
    private int _failures;

    public TimeSpan Next()
    {
        var wait = _failures < 20 ? first * Math.Pow(2, _failures) : longest;
        _failures++;
        return Jitter(wait < longest ? wait : longest);
    }

    public TimeSpan Jitter(TimeSpan wait) => wait * (0.5 + (random.NextDouble() / 2));

    public void Reset() => _failures = 0;
}
