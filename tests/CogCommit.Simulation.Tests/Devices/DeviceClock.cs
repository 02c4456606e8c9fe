namespace CogCommit.Simulation.Tests.Devices;

/// <summary>A device's own clock: the world's, and wrong by as much as somebody set it wrong.</summary>
internal sealed class DeviceClock : TimeProvider
{
    /// <summary>The world it is used in; a store that is used again keeps its clock.</summary>
    public TimeProvider World { get; set; } = System;

    public TimeSpan Skew { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => World.GetUtcNow() + Skew;

    // Nothing in the world takes time by itself.
    public override long GetTimestamp() => World.GetUtcNow().UtcTicks;
}
