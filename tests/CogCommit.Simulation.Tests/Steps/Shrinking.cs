namespace CogCommit.Simulation.Tests.Steps;

/// <summary>Leaves out steps as long as the history fails in the same way: what is left is what it takes.</summary>
internal static class Shrinking
{
    public static async Task<Failure> RunAsync(Failure failure)
    {
        for (var size = failure.History.Steps.Count / 2; size > 0; size = size == 1 ? 0 : size / 2)
        {
            for (var from = 0; from < failure.History.Steps.Count;)
            {
                var steps = failure.History.Steps.Where((_, n) => n < from || n >= from + size).ToList();
                if (await Simulation.RunAsync(failure.History with { Steps = steps }) is { } smaller && smaller.IsLike(failure))
                {
                    failure = smaller;
                }
                else
                {
                    from += size;
                }
            }
        }

        return failure;
    }
}
