using CogCommit.Core.Store;

namespace CogCommit.Simulation.Tests.Devices;

/// <summary>A new store, made once and copied: making the tables costs more than a history does.</summary>
internal static class EmptyStore
{
    private static readonly Lazy<byte[]> File = new(Make);

    public static void WriteTo(CogCommitHome home)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(home.DatabasePath)!);
        System.IO.File.WriteAllBytes(home.DatabasePath, File.Value);
    }

    private static byte[] Make()
    {
        var folder = RamDisk.NewFolder();
        try
        {
            var home = new CogCommitHome(folder.FullName);
            StoreFile.Open(home).Dispose();
            return System.IO.File.ReadAllBytes(home.DatabasePath);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
