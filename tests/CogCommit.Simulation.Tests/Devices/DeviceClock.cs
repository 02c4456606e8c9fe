namespace CogCommit.Simulation.Tests.Devices;

/// <summary>A device's own clock: the world's, and wrong by as much as somebody set it wrong.</summary>
internal sealed class DeviceClock(SimulatedClock world) : TimeProvider
{
    public TimeSpan Skew { get; set; }

    public override long TimestampFrequency => world.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => world.GetUtcNow() + Skew;

    public override long GetTimestamp() => world.GetTimestamp();
}
