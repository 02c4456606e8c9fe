using System.Collections.Concurrent;
using System.Globalization;
using CogCommit.Simulation.Tests.Steps;
using CogCommit.Testing;

namespace CogCommit.Simulation.Tests;

/// <summary>Histories made of seeds. COGCOMMIT_SEED=n runs that one alone and prints what happens in it.</summary>
public sealed class SeedTests(ITestOutputHelper output)
{
    private const int MostFailures = 50;

    [Fact]
    [Trait("Soak", "seeds")]
    public async Task Whatever_happens_nothing_is_lost_and_all_end_alike()
    {
        if (Environment.GetEnvironmentVariable("COGCOMMIT_SEED") is { Length: > 0 } one)
        {
            await ReplayAsync(int.Parse(one, CultureInfo.InvariantCulture));
            return;
        }

        var first = Figures.Wanted("COGCOMMIT_FIRST_SEED", 1);
        var seeds = Figures.Wanted("COGCOMMIT_SEEDS", 1_000);
        var failures = new ConcurrentDictionary<int, string>();
        await Parallel.ForEachAsync(
            Enumerable.Range(first, seeds),
            TestContext.Current.CancellationToken,
            async (seed, _) =>
            {
                if (failures.Count < MostFailures && await Simulation.RunAsync(History.Of(seed)) is { } failure)
                {
                    failures[seed] = failure.Kind;
                }
            });

        Figures.Record("simulated histories (seeds) run", seeds);
        if (!failures.IsEmpty)
        {
            foreach (var kind in failures.GroupBy(failure => failure.Value, failure => failure.Key).OrderByDescending(kind => kind.Count()))
            {
                output.WriteLine($"{kind.Count()} times: {kind.Key}\n  seeds {string.Join(", ", kind.Order())}");
            }

            await ReplayAsync(failures.Keys.Min());
            Assert.Fail($"{failures.Count} of the seeds failed. COGCOMMIT_SEED=<seed> replays one.");
        }
    }

    private async Task ReplayAsync(int seed)
    {
        if (await Simulation.RunAsync(History.Of(seed)) is not { } failure)
        {
            output.WriteLine($"Seed {seed} holds.");
            return;
        }

        var smallest = await Shrinking.RunAsync(failure);
        output.WriteLine($"Seed {seed}, in the fewest steps:\n{smallest.History}\n\n{string.Join('\n', smallest.Trace)}");
        Assert.Fail($"Seed {seed}: {smallest.Cause}");
    }
}
