using CogCommit.Simulation.Tests.Devices;
using CogCommit.Simulation.Tests.Invariants;
using CogCommit.Simulation.Tests.Steps;

namespace CogCommit.Simulation.Tests;

/// <summary>Lets a history happen, lets everything come to rest, and looks whether what CogCommit promises held.</summary>
internal static class Simulation
{
    /// <summary>Null when all held; else what did not, and the trace of what happened.</summary>
    public static async Task<Failure?> RunAsync(History history)
    {
        List<string> trace = [];
        using var world = new World(history.WorldSeed, trace);
        try
        {
            var runner = new StepRunner(world);
            foreach (var step in history.Steps)
            {
                await runner.RunAsync(step);
            }

            await new Settlement(world).RunAsync();
            await new Promises(world, world.Folder).CheckAsync();
            return null;
        }
        catch (Exception broken)
        {
            trace.AddRange(world.Devices.SelectMany(DeviceTrace.Of));
            return new Failure(history, broken, trace);
        }
    }
}
