using CogCommit.Core.Store;

namespace CogCommit.Core.Health.Checks;

/// <summary>Whether the cloud refused something, and why.</summary>
internal sealed class FailedCheck : IHealthCheck
{
    private const int Shown = 3;

    public string Name => "Failed";

    public string Description => "How many commits the cloud refused, and why.";

    public Task<HealthFinding> LookAsync(HealthSubject subject, CancellationToken cancellation)
    {
        if (subject.NoStore is { } none)
        {
            return Task.FromResult(HealthFinding.Skipped(none));
        }

        var status = subject.Status;
        List<string> found = [];
        if (status.Errors > 0)
        {
            var reasons = Reasons(subject.Store!);
            found.Add($"{Said.Count(status.Errors, "commit was", "commits were")} refused{(reasons.Count > 0 ? $" ({string.Join("; ", reasons)})" : "")}");
        }

        if (status.TooLarge > 0)
        {
            found.Add($"{Said.Count(status.TooLarge, "commit is", "commits are")} too large");
        }

        if (status.OverLimit > 0)
        {
            found.Add($"{Said.Count(status.OverLimit, "commit waits", "commits wait")} for room");
        }

        return Task.FromResult(found.Count == 0
            ? HealthFinding.Ok("The cloud refused nothing.")
            : HealthFinding.Warning($"{string.Join(", ", found)}.", "Get-CogCommit -Force -SyncStatus error, too_large, over_limit; Push-CogCommit -Retry"));
    }

    private static List<string> Reasons(StoreFile store)
    {
        using var reader = store.OpenReader();
        using var command = reader.CreateCommand();
        command.CommandText = $"""
            select push_error, count(*) from (
              select push_error from cognitive_commits where push_state = 'error' union all select push_error from sessions where push_state = 'error'
              union all select push_error from turns where push_state = 'error' union all select push_error from visuals where push_state = 'error')
            where push_error is not null group by 1 order by 2 desc, 1 limit {Shown}
            """;
        using var row = command.ExecuteReader();
        var reasons = new List<string>();
        while (row.Read())
        {
            reasons.Add(row.GetString(0));
        }

        return reasons;
    }
}
