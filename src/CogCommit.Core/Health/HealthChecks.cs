using CogCommit.Core.Health.Checks;

namespace CogCommit.Core.Health;

/// <summary>The doctor: each check by itself, in a fixed order. Nothing is created, upgraded or written.</summary>
public static class HealthChecks
{
    private static readonly IReadOnlyList<IHealthCheck> All =
    [
        new HomeCheck(), new StoreCheck(), new VersionCheck(), new DiskCheck(), new LocksCheck(), new ConfigCheck(), new TranscriptsCheck(), new RetentionCheck(),
        new SignInCheck(), new CloudCheck(), new ClockCheck(), new QuotaCheck(), new PendingCheck(), new FailedCheck(), new ConflictsCheck(), new DaemonCheck(),
    ];

    /// <summary>The names of all checks, with what each looks at.</summary>
    public static IEnumerable<(string Name, string Description)> Names => All.Select(check => (check.Name, check.Description));

    /// <summary>Looks at what is wanted, and tells each result as soon as it is known.</summary>
    /// <param name="environment">Where to look.</param>
    /// <param name="wanted">Chooses checks by their names.</param>
    /// <param name="told">Called once for each of them.</param>
    /// <param name="cancellation">Stops between checks, and in those that wait.</param>
    public static async Task RunAsync(HealthEnvironment environment, Func<string, bool> wanted, Action<HealthCheck> told, CancellationToken cancellation)
    {
        using var subject = new HealthSubject(environment);
        await RunAsync(All.Where(check => wanted(check.Name)), subject, told, cancellation).ConfigureAwait(false);
    }

    internal static async Task RunAsync(IEnumerable<IHealthCheck> checks, HealthSubject subject, Action<HealthCheck> told, CancellationToken cancellation)
    {
        foreach (var check in checks)
        {
            cancellation.ThrowIfCancellationRequested();
            var found = await LookAsync(check, subject, cancellation).ConfigureAwait(false);
            told(new HealthCheck { Check = check.Name, Status = found.Status.ToString(), Detail = found.Detail, Fix = found.Fix });
        }
    }

    private static async Task<HealthFinding> LookAsync(IHealthCheck check, HealthSubject subject, CancellationToken cancellation)
    {
        try
        {
            return await check.LookAsync(subject, cancellation).ConfigureAwait(false);
        }
        catch (CogCommitException error)
        {
            return HealthFinding.Error(error.Message, fix: null);
        }
        catch (Exception unforeseen) when (unforeseen is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            // The doctor is asked when something is wrong that nobody foresaw: the other checks go on.
            return HealthFinding.Error($"The check itself failed: {unforeseen.GetType().Name}: {unforeseen.Message}", $"Test-CogCommit -Check {check.Name} once more. If it fails again it is a mistake of this module: report it with this text.");
        }
    }
}
