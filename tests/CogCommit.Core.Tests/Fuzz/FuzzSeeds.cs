using System.Globalization;
using CogCommit.Testing;

namespace CogCommit.Core.Tests.Fuzz;

/// <summary>
/// Rounds of chance, each from its own seed: what a round does follows from the seed alone. A round that fails names its seed;
/// COGCOMMIT_FUZZ_SEED runs that one round again.
/// </summary>
internal static class FuzzSeeds
{
    // Far beyond what any round takes on any machine: whoever meets it hangs.
    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(3);

    /// <param name="what">What is counted, for the figures.</param>
    /// <param name="usual">How much of it in a usual run; COGCOMMIT_LINES asks for more, and <paramref name="share"/> is its part of that.</param>
    /// <param name="share">One thing of this kind for so many lines.</param>
    /// <param name="round">Does one round and says how much it did.</param>
    public static void Run(string what, int usual, int share, Func<Random, CancellationToken, int> round)
    {
        if (Environment.GetEnvironmentVariable("COGCOMMIT_FUZZ_SEED") is { Length: > 0 } one)
        {
            round(new Random(int.Parse(one, CultureInfo.InvariantCulture)), TestContext.Current.CancellationToken);
            return;
        }

        var wanted = Math.Max(1, Figures.Wanted("COGCOMMIT_LINES", usual * share) / share);
        var done = 0;
        for (var seed = 1; done < wanted; seed++)
        {
            done += Round(what, seed, round);
        }

        Figures.Record(what, done);
    }

    private static int Round(string what, int seed, Func<Random, CancellationToken, int> round)
    {
        using var hang = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        hang.CancelAfter(Hang);
        try
        {
            return round(new Random(seed), hang.Token);
        }
        catch (Exception problem) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            throw new FuzzFailedException($"{what}: seed {seed} (again with COGCOMMIT_FUZZ_SEED={seed}): {problem.Message}", problem);
        }
    }

    private sealed class FuzzFailedException(string message, Exception cause) : Exception(message, cause);
}
