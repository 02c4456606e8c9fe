using CogCommit.Core.Store;

namespace CogCommit.Core.Health.Checks;

/// <summary>Whether another process holds what commands wait for. The files themselves stay where they are: only who holds them counts.</summary>
internal sealed class LocksCheck : IHealthCheck
{
    public string Name => "Locks";

    public string Description => "Whether another process holds the store, the settings or the sign-in.";

    public Task<HealthFinding> LookAsync(HealthSubject subject, CancellationToken cancellation)
    {
        var home = subject.Environment.Home;
        List<string> held = [], unreadable = [];
        foreach (var path in new[] { home.DatabasePath + ".lock", home.ConfigPath + ".lock", home.AuthPath + ".lock", home.AuthPath + ".refresh.lock" })
        {
            try
            {
                if (IsHeld(path))
                {
                    held.Add(path);
                }
            }
            catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
            {
                unreadable.Add($"{path} ({refused.Message})");
            }
        }

        return Task.FromResult(held.Count > 0
            ? HealthFinding.Warning($"Another process holds {string.Join(", ", held)}.", "Wait for it, or end it: another PowerShell, a scheduled task, or the original cogcommit.")
            : unreadable.Count > 0
                ? HealthFinding.Warning($"It cannot be seen who holds {string.Join(", ", unreadable)}.", "Give yourself the right to read and write these files, or delete them while no command runs.")
                : HealthFinding.Ok("Nobody holds a lock."));
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
        catch (IOException held) when (FileErrors.IsHeld(held))
        {
            return true;
        }
    }
}
