namespace CogCommit.Core.Health.Checks;

/// <summary>Whether there is room in the cloud.</summary>
internal sealed class QuotaCheck : IHealthCheck
{
    private const double Nearly = 0.9;

    public string Name => "Quota";

    public string Description => "How much of the cloud's quota is used.";

    public async Task<HealthFinding> LookAsync(HealthSubject subject, CancellationToken cancellation)
    {
        var cloud = await subject.CloudAsync(cancellation).ConfigureAwait(false);
        if (cloud.Problem is not null)
        {
            return HealthFinding.Skipped("The quota is not known: see the check Cloud.");
        }

        if (cloud.Quota is not { } quota)
        {
            return HealthFinding.Ok("The cloud names no quota.");
        }

        List<string> uses = [];
        if (quota is { Commits: { } commits, CommitLimit: { } most })
        {
            uses.Add($"{commits} of {Said.Count(most, "commit", "commits")}");
        }

        if (quota is { Bytes: { } bytes, StorageLimitBytes: { } room })
        {
            uses.Add($"{Said.Bytes(bytes)} of {Said.Bytes(room)}");
        }

        var used = Math.Max(Share(quota.Commits, quota.CommitLimit), Share(quota.Bytes, quota.StorageLimitBytes));
        var detail = uses.Count == 0 ? "The cloud sets no limit." : $"{string.Join(", ", uses)} used.";
        const string Fix = "Remove-CogCommit -Cloud deletes what you need no longer, on every machine; or ask for more room. What does not fit waits here.";
        return used >= 1 ? HealthFinding.Error($"{detail} The quota is reached.", Fix)
            : used >= Nearly ? HealthFinding.Warning(detail, Fix)
            : HealthFinding.Ok(detail);
    }

    private static double Share(long? used, long? limit) => used is { } some && limit is { } most ? some >= most ? 1 : (double)some / most : 0;
}
