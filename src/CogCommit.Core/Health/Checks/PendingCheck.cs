namespace CogCommit.Core.Health.Checks;

/// <summary>Whether something waits for the cloud, and for how long.</summary>
internal sealed class PendingCheck : IHealthCheck
{
    private static readonly TimeSpan Long = TimeSpan.FromDays(1);

    public string Name => "Pending";

    public string Description => "How many commits wait for a push, and since when.";

    public Task<HealthFinding> LookAsync(HealthSubject subject, CancellationToken cancellation)
    {
        if (subject.NoStore is { } none)
        {
            return Task.FromResult(HealthFinding.Skipped(none));
        }

        if (subject.User is null)
        {
            return Task.FromResult(HealthFinding.Skipped("Nobody is signed in, so nothing waits."));
        }

        var status = subject.Status;
        if (status.Pending == 0 && status.LastError is { } failed)
        {
            return Task.FromResult(HealthFinding.Warning(
                $"Nothing waits here, but the last sync failed, so what others did does not come either: {failed}", "What that says, then Sync-CogCommit"));
        }

        if (status.Pending == 0)
        {
            return Task.FromResult(HealthFinding.Ok(status.LastSync is { } at ? $"Nothing waits. Last synced {Said.Span(subject.Now - at)} ago." : "Nothing waits."));
        }

        var waits = Said.Count(status.Pending, "commit waits", "commits wait");
        var since = status.LastSync is { } last ? $"last synced {Said.Span(subject.Now - last)} ago" : "never synced";
        var why = status.LastError is { } error ? $" The last sync failed: {error}" : "";
        return Task.FromResult(status.LastError is null && status.LastSync is { } recently && subject.Now - recently < Long
            ? HealthFinding.Ok($"{waits} for a push; {since}.")
            : HealthFinding.Warning($"{waits} for a push; {since}.{why}", "Sync-CogCommit"));
    }
}
