namespace CogCommit;

/// <summary>One thing that was looked at, and what to do about it.</summary>
public sealed class HealthCheck
{
    /// <summary>What was looked at.</summary>
    public required string Check { get; init; }

    /// <summary>How it came out.</summary>
    public required HealthStatus Status { get; init; }

    /// <summary>What was found.</summary>
    public required string Detail { get; init; }

    /// <summary>What to type or to change, or null where nothing has to be done.</summary>
    public string? Fix { get; init; }
}
