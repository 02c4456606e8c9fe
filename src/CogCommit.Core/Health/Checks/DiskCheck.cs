namespace CogCommit.Core.Health.Checks;

/// <summary>Whether there is room to go on.</summary>
internal sealed class DiskCheck : IHealthCheck
{
    private const long Little = 1_000_000_000;
    private const long TooLittle = 100_000_000;

    public string Name => "Disk";

    public string Description => "The room that is left where the store lies.";

    public Task<HealthFinding> LookAsync(HealthSubject subject, CancellationToken cancellation)
    {
        var folder = subject.Environment.Home.Root;
        while (!Directory.Exists(folder) && Path.GetDirectoryName(folder) is { } parent)
        {
            folder = parent;
        }

        var free = subject.Environment.FreeBytes(folder);
        var detail = $"{Said.Bytes(free)} are free at {folder}.";
        const string Fix = "Make room, or name a folder on another disk in COGCOMMIT_HOME.";
        return Task.FromResult(free < TooLittle ? HealthFinding.Error(detail, Fix) : free < Little ? HealthFinding.Warning(detail, Fix) : HealthFinding.Ok(detail));
    }
}
