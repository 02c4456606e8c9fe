namespace CogCommit.Core.Health.Checks;

/// <summary>Whether another process holds what commands wait for. The files themselves stay where they are: only who holds them counts.</summary>
internal sealed class LocksCheck : IHealthCheck
{
    public string Name => "Locks";

    public string Description => "Whether another process holds the store, the settings or the sign-in.";

    public Task<HealthFinding> LookAsync(HealthSubject subject, CancellationToken cancellation)
    {
        var home = subject.Environment.Home;
        var held = new[] { home.DatabasePath + ".lock", home.ConfigPath + ".lock", home.AuthPath + ".lock", home.AuthPath + ".refresh.lock" }
            .Where(IsHeld).ToList();
        return Task.FromResult(held.Count == 0
            ? HealthFinding.Ok("Nobody holds a lock.")
            : HealthFinding.Warning($"Another process holds {string.Join(", ", held)}.", "Wait for it, or end it: another PowerShell, a scheduled task, or the original cogcommit."));
    }

    private static bool IsHeld(string path)
    {
        try
        {
            using var free = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.None);
            return false;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
