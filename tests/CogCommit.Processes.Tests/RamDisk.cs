using System.Runtime.CompilerServices;

namespace CogCommit.Processes.Tests;

/// <summary>
/// Homes lie in memory where that is offered: what a killed process has written is the kernel's, there as on a disk, and nobody waits for
/// a platter. TMPDIR, where it is set, counts.
/// </summary>
internal static class RamDisk
{
    private const string Folder = "/dev/shm";

    // It is only this program's own.
#pragma warning disable CA2255
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Use()
    {
        if (Environment.GetEnvironmentVariable("TMPDIR") is null && Directory.Exists(Folder))
        {
            Environment.SetEnvironmentVariable("TMPDIR", Folder);
        }
    }
}
