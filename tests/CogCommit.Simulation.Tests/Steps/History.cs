namespace CogCommit.Simulation.Tests.Steps;

/// <summary>What happens in one world. The same seed makes the same world and the same steps.</summary>
/// <param name="WorldSeed">Makes transcripts, limits and devices.</param>
/// <param name="Steps">In their order.</param>
internal sealed record History(int WorldSeed, IReadOnlyList<Step> Steps)
{
    private static readonly (StepKind Kind, int Weight)[] Weights =
    [
        (StepKind.Grow, 26), (StepKind.GrowSilently, 4), (StepKind.Import, 4),
        (StepKind.Rename, 14), (StepKind.Hide, 4), (StepKind.MoveToProject, 3), (StepKind.Delete, 6), (StepKind.Undelete, 3), (StepKind.Close, 5),
        (StepKind.Prune, 3), (StepKind.PruneByForce, 1), (StepKind.Fetch, 2), (StepKind.KeepLost, 3), (StepKind.KeepWon, 3),
        (StepKind.Push, 12), (StepKind.Pull, 12), (StepKind.Sync, 22), (StepKind.Verify, 4), (StepKind.PullAnew, 2), (StepKind.PushAll, 2),
        (StepKind.Wait, 5), (StepKind.WaitMonth, 2), (StepKind.WaitFortyDays, 1), (StepKind.SetClockWrong, 3),
        (StepKind.NewDevice, 2), (StepKind.BackUpStore, 2), (StepKind.RestoreStore, 2), (StepKind.BackUpCloud, 2), (StepKind.RestoreCloud, 2),
        (StepKind.LowerQuota, 3), (StepKind.LiftQuota, 3),
        (StepKind.Fault, 16), (StepKind.Crash, 10), (StepKind.Meanwhile, 12), (StepKind.SignIn, 2), (StepKind.SmallPages, 3), (StepKind.Deliver, 3),
    ];

    private static readonly int Total = Weights.Sum(weight => weight.Weight);

    // What another one may do while a request is under way.
    private static readonly StepKind[] Meanwhile =
    [
        StepKind.Grow, StepKind.Rename, StepKind.Hide, StepKind.Delete, StepKind.Close, StepKind.Push, StepKind.Pull, StepKind.Sync, StepKind.Prune, StepKind.KeepLost,
    ];

    public static History Of(int seed)
    {
        var random = new Random(seed);
        var steps = new Step[random.Next(8, 45)];
        for (var i = 0; i < steps.Length; i++)
        {
            steps[i] = Next(random);
        }

        return new History(seed, steps);
    }

    /// <summary>As it would be written in a test.</summary>
    public override string ToString() => $"new({WorldSeed},\n[\n{string.Concat(Steps.Select(step => $"    {step},\n"))}])";

    private static Step Next(Random random)
    {
        var left = random.Next(Total);
        var kind = Weights.First(weight => (left -= weight.Weight) < 0).Kind;
        var nested = kind == StepKind.Meanwhile ? Plain(random, Meanwhile[random.Next(Meanwhile.Length)]) : null;
        return Plain(random, kind) with { Nested = nested };
    }

    private static Step Plain(Random random, StepKind kind) => new(kind, random.Next(4), random.Next(1000), random.Next(1000));
}
