using System.Globalization;
using CogCommit.Testing;

namespace CogCommit.Processes.Tests.Kills;

/// <summary>
/// Kills until as many were survived as are asked for. A case is made from its seed alone; one that fails says which, and
/// COGCOMMIT_KILL_SEED runs that one.
/// </summary>
internal static class KillSeries
{
    // Import, upgrade, push, pull, export.
    private const int Works = 5;
    private const int KillsOfOneHome = 5;
    private const int FirstSeed = 1;

    public static int Wanted => Math.Max(1, Figures.Wanted("COGCOMMIT_KILLS", 100) / Works);

    public static async Task RunAsync(Extent extent, Func<int, Random, Task<KillCase>> newCase)
    {
        if (Environment.GetEnvironmentVariable("COGCOMMIT_KILL_SEED") is { Length: > 0 } seed)
        {
            await RunAsync(int.Parse(seed, CultureInfo.InvariantCulture), extent, newCase);
            return;
        }

        var survived = 0;
        for (var next = FirstSeed; survived < Wanted; next++)
        {
            survived += await RunAsync(next, extent, newCase);
        }

        Figures.Record("kills survived", survived);
    }

    private static async Task<int> RunAsync(int seed, Extent extent, Func<int, Random, Task<KillCase>> newCase)
    {
        // A seed is for a test, not for a secret.
#pragma warning disable CA5394
        var random = new Random(seed);
        List<Moment> moments = [];
        try
        {
            await using var one = await newCase(seed, random);
            var survived = 0;
            for (var kills = 1 + random.Next(KillsOfOneHome); kills > 0 && !one.IsDone; kills--)
            {
                moments.Add(Moment.Any(random, extent));
                survived += await KillAsync(one, moments[^1]) ? 1 : 0;
            }

            await one.FinishAsync();
            return survived;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            throw new InvalidOperationException(
                string.Create(CultureInfo.InvariantCulture, $"Seed {seed} (COGCOMMIT_KILL_SEED={seed} runs it alone), killed {string.Join(", ", moments)}: {failure.Message}"), failure);
        }
#pragma warning restore CA5394
    }

    /// <returns>False: it was done before it could be killed.</returns>
    private static async Task<bool> KillAsync(KillCase one, Moment moment)
    {
        using var child = ChildProcess.Start(one.Home, moment.StandsStill ? moment.Line : 0, one.Command);
        while (await child.ReadAsync() is not null && moment.Line > child.Lines.Count)
        {
        }

        if (moment.Line == 0)
        {
            // What it says meanwhile waits in the pipe, which is longer than that.
            await Task.Delay(moment.Milliseconds, TestContext.Current.CancellationToken);
        }

        child.Kill();
        var errors = await child.EndAsync();
        Assert.True(child.ExitCode is 0 or 137 or -1, $"It ended by itself, with {child.ExitCode}: {string.Join('\n', child.Lines.TakeLast(5))}\n{errors}");
        Assert.DoesNotContain(child.Lines, line => line.StartsWith("failed", StringComparison.Ordinal));
        await one.AfterKillAsync([.. child.Lines]);
        return child.ExitCode != 0;
    }
}
