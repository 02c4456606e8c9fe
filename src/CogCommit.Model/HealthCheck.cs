namespace CogCommit;

/// <summary>One thing that was looked at, and what to do about it.</summary>
public sealed class HealthCheck
{
    /// <summary>What was looked at.</summary>
    public required string Check { get; init; }

    /// <summary>How it came out: Ok, Warning (it works, and something should be done), Error (it does not work) or Skipped (it could not be looked at).</summary>
    public required string Status { get; init; }

    /// <summary>What was found.</summary>
    public required string Detail { get; init; }

    /// <summary>What to type or to change, or null where nothing has to be done.</summary>
    public string? Fix { get; init; }
}
