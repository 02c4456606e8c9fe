namespace CogCommit.Build.Soak;

/// <summary>What the task `soak` can do at any length: tests of the usual suites, told how much to do.</summary>
/// <param name="Name">As typed, and the value of the trait `Soak` on the tests that it runs.</param>
/// <param name="Suite">The test project that has them.</param>
/// <param name="Variable">Tells the tests the amount.</param>
/// <param name="Amount">How much, where nobody says.</param>
internal sealed record SoakRun(string Name, string Suite, string Variable, int Amount)
{
    public static IReadOnlyList<SoakRun> All { get; } =
    [
        new("seeds", "CogCommit.Simulation.Tests", "COGCOMMIT_SEEDS", 100_000),
        new("batches", "CogCommit.Cloud.Tests", "COGCOMMIT_BATCHES", 10_000),
        new("kills", "CogCommit.Processes.Tests", "COGCOMMIT_KILLS", 2_000),
        new("arrivals", "CogCommit.Processes.Tests", "COGCOMMIT_ARRIVALS", 200),
        new("lines", "CogCommit.Core.Tests", "COGCOMMIT_LINES", 1_000_000),
    ];
}
