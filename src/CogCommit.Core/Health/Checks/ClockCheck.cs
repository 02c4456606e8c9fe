namespace CogCommit.Core.Health.Checks;

/// <summary>Whether this machine's clock agrees with the cloud's: of two edits the later one stays.</summary>
internal sealed class ClockCheck : IHealthCheck
{
    private static readonly TimeSpan Noticed = TimeSpan.FromMinutes(2);

    // Later edits are lowered to this by the cloud (docs/sync-protocol.md, "Who wins").
    private static readonly TimeSpan Lowered = TimeSpan.FromMinutes(5);

    public string Name => "Clock";

    public string Description => "Whether this machine's clock agrees with the cloud's.";

    public async Task<HealthFinding> LookAsync(HealthSubject subject, CancellationToken cancellation)
    {
        var cloud = await subject.CloudAsync(cancellation).ConfigureAwait(false);
        if (cloud.Problem is not null)
        {
            return HealthFinding.Skipped("The cloud's clock is not known: see the check Cloud.");
        }

        var skew = cloud.Skew.Duration();
        var detail = $"This machine's clock is {Said.Span(skew)} {(cloud.Skew > TimeSpan.Zero ? "ahead of" : "behind")} the cloud's.";
        const string Fix = "Set the clock, or let the system do it (NTP).";
        return skew > Lowered ? HealthFinding.Error($"{detail} Edits made here win or lose against those of other machines by mistake.", Fix)
            : skew > Noticed ? HealthFinding.Warning(detail, Fix)
            : HealthFinding.Ok("It agrees with the cloud's.");
    }
}
