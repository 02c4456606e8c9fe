namespace CogCommit.Simulation.Tests.Devices;

/// <summary>Where simulated homes lie: in memory where the system has a place for that, since a seed has to be cheap.</summary>
internal static class RamDisk
{
    private const string Shared = "/dev/shm";

    public static DirectoryInfo NewFolder()
    {
        var under = OperatingSystem.IsLinux() && Directory.Exists(Shared) ? Shared : Path.GetTempPath();
        return Directory.CreateDirectory(Path.Combine(under, $"cogcommit-simulation-{Guid.NewGuid():N}"));
    }
}
