namespace CogCommit.Core.Health;

/// <summary>How a check came out. Its names are the words of <see cref="HealthCheck.Status"/>.</summary>
public enum HealthStatus
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>It works, and something should be done.</summary>
    Warning,

    /// <summary>It does not work.</summary>
    Error,

    /// <summary>It could not be looked at.</summary>
    Skipped,
}
