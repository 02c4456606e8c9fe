namespace CogCommit.Core.Health;

/// <summary>What a check found.</summary>
internal sealed record HealthFinding(HealthStatus Status, string Detail, string? Fix = null)
{
    public static HealthFinding Ok(string detail) => new(HealthStatus.Ok, detail);

    public static HealthFinding Warning(string detail, string? fix) => new(HealthStatus.Warning, detail, fix);

    public static HealthFinding Error(string detail, string? fix) => new(HealthStatus.Error, detail, fix);

    public static HealthFinding Skipped(string detail, string? fix = null) => new(HealthStatus.Skipped, detail, fix);
}
