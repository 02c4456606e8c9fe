namespace CogCommit.Core.Health.Checks;

/// <summary>Whether edits lost against others and nobody looked at them.</summary>
internal sealed class ConflictsCheck : IHealthCheck
{
    public string Name => "Conflicts";

    public string Description => "How many edits lost against another machine's and wait to be looked at.";

    public Task<HealthFinding> LookAsync(HealthSubject subject, CancellationToken cancellation) => Task.FromResult(
        subject.NoStore is { } none ? HealthFinding.Skipped(none)
        : subject.Status.Conflicts == 0 ? HealthFinding.Ok("None.")
        : HealthFinding.Warning($"{Said.Count(subject.Status.Conflicts, "edit", "edits")} lost against another machine's; kept for 30 days.", "Get-CogCommitConflict; Resolve-CogCommitConflict"));
}
