namespace CogCommit.Core.Health.Checks;

/// <summary>Whether the agent deletes its transcripts before they are imported.</summary>
internal sealed class RetentionCheck : IHealthCheck
{
    private static readonly TimeSpan Soon = TimeSpan.FromDays(7);

    public string Name => "Retention";

    public string Description => "When Claude Code deletes its transcripts (cleanupPeriodDays).";

    public Task<HealthFinding> LookAsync(HealthSubject subject, CancellationToken cancellation)
    {
        var survey = subject.Transcripts;
        var findings = survey.Folders.Where(Directory.Exists).Select(folder => Look(subject, folder)).ToList();
        return Task.FromResult(findings.Count == 0
            ? HealthFinding.Skipped("Claude Code keeps no transcripts here.")
            : findings.MaxBy(finding => finding.Status)!);
    }

    private static HealthFinding Look(HealthSubject subject, string projects)
    {
        var period = RetentionPeriod.Of(Path.GetDirectoryName(projects)!);
        if (period.Problem is { } problem)
        {
            return HealthFinding.Warning(problem, $"Mend {period.Source}.");
        }

        var keep = $"Set cleanupPeriodDays to a greater number in {period.Source}, and import often.";
        if (period.Days == 0)
        {
            return HealthFinding.Error($"Claude Code deletes its transcripts at once: cleanupPeriodDays is 0 in {period.Source}.", keep);
        }

        var deletes = $"Claude Code deletes transcripts after {Said.Count(period.Days, "day", "days")}{(period.IsSet ? "" : ", its default")}";
        var waiting = subject.Transcripts.NotImported.Where(file => file.Path.StartsWith(projects + Path.DirectorySeparatorChar, StringComparison.Ordinal)).ToList();
        if (waiting.Count == 0)
        {
            return HealthFinding.Ok($"{deletes}; all are imported.");
        }

        var left = new DateTimeOffset(waiting.Min(file => file.Modified), TimeSpan.Zero).AddDays(period.Days) - subject.Now;
        return left <= TimeSpan.Zero
            ? HealthFinding.Error($"{deletes}: the oldest that is not imported goes when it starts next.", "Import-CogCommit")
            : left <= Soon
                ? HealthFinding.Warning($"{deletes}: the oldest that is not imported has {Said.Span(left)} left.", "Import-CogCommit")
                : HealthFinding.Ok($"{deletes}: the oldest that is not imported has {Said.Span(left)} left.");
    }
}
