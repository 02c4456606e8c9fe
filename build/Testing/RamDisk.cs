namespace CogCommit.Build.Testing;

/// <summary>Memory as a disk for what suites leave behind as they run: stores, clusters, clones. What they wait for most is a disk.</summary>
internal static class RamDisk
{
    private const string Variable = "TMPDIR";
    private const string Shared = "/dev/shm";

    // All suites together took some 4 GB at a time.
    private const long Room = 6L << 30;

    /// <summary>From here on the temporary folder of every child is there, where the system has one with room and nobody named another.</summary>
    public static void Use(Children children)
    {
        if (OperatingSystem.IsLinux() && Environment.GetEnvironmentVariable(Variable) is null && Directory.Exists(Shared) && new DriveInfo(Shared).AvailableFreeSpace >= Room)
        {
            // A short name: sockets lie below it. Open as /tmp is: where root runs the tests, PostgreSQL is another user.
            var folder = Directory.CreateDirectory(Path.Combine(Shared, $"cc-{Environment.ProcessId}"));
            File.SetUnixFileMode(folder.FullName, (UnixFileMode)0b1_111_111_111);
            Environment.SetEnvironmentVariable(Variable, folder.FullName);
            children.AtTheEnd(() => folder.Delete(recursive: true));
        }
    }
}
