namespace CogCommit;

/// <summary>How a check came out.</summary>
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
