using System.Diagnostics;

namespace CogCommit.Bench.Measuring;

/// <summary>
/// Measures several things in turns, so that whatever else the machine does meets them alike. The first round only warms up.
/// </summary>
internal static class Rounds
{
    /// <summary>Each piece gives its own seconds; one spread per piece, in their order.</summary>
    public static IReadOnlyList<Spread> Interleave(int rounds, params Func<double>[] pieces) => Interleave(rounds, warmUp: true, pieces);

    public static IReadOnlyList<Spread> Interleave(int rounds, bool warmUp, params Func<double>[] pieces)
    {
        var seconds = pieces.Select(_ => new List<double>()).ToArray();
        for (var round = warmUp ? -1 : 0; round < rounds; round++)
        {
            for (var i = 0; i < pieces.Length; i++)
            {
                // What one piece left behind is not the next one's cost.
                GC.Collect();
                GC.WaitForPendingFinalizers();
                var took = pieces[i]();
                if (round >= 0)
                {
                    seconds[i].Add(took);
                }
            }
        }

        return [.. seconds.Select(some => new Spread(some))];
    }

    /// <summary>Seconds that a piece of work takes.</summary>
    public static double Time(Action work)
    {
        var start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
