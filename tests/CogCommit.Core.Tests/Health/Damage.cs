namespace CogCommit.Core.Tests.Health;

/// <summary>What disks do to databases.</summary>
internal static class Damage
{
    /// <summary>Every page but the first two is overwritten with noise.</summary>
    public static void Pages(string path)
    {
        const int Page = 4096;
        using var file = File.Open(path, FileMode.Open);
        file.Position = 2 * Page;
        var noise = new byte[file.Length - file.Position];
        new Random(1).NextBytes(noise);
        file.Write(noise);
    }
}
