namespace CogCommit.Core.Health;

/// <summary>Looks at one thing, and changes nothing. It may throw: that is told as an error of this check alone.</summary>
internal interface IHealthCheck
{
    string Name { get; }

    /// <summary>What it looks at, for who completes its name.</summary>
    string Description { get; }

    Task<HealthFinding> LookAsync(HealthSubject subject, CancellationToken cancellation);
}
