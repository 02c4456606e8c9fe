using System.Runtime.InteropServices;

namespace CogCommit.PowerShell.Loading;

/// <summary>Which of the packed SQLite libraries fits this process. PowerShell itself looks in no <c>runtimes</c> folder and knows no musl.</summary>
internal static class NativeSqlite
{
    /// <summary>The library's file, or null when <paramref name="name"/> is not SQLite.</summary>
    internal static string? PathOf(string name, string folder)
    {
        if (Path.GetFileNameWithoutExtension(name) is not ("e_sqlite3" or "libe_sqlite3"))
        {
            return null;
        }
        var system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
        var rid = Rid(system, RuntimeInformation.ProcessArchitecture, system == "linux" && IsMusl(RuntimeInformation.RuntimeIdentifier, ReadMaps()));
        var path = Path.Combine(folder, "runtimes", rid, "native", FileName(system));
        return File.Exists(path) ? path : throw new PlatformNotSupportedException($"CogCommit has no SQLite for {rid}: {path} is missing.");
    }

    internal static string Rid(string system, Architecture architecture, bool musl)
    {
        var processor = architecture switch
        {
            Architecture.X64 => "x64",
            Architecture.Arm64 => "arm64",
            _ => throw new PlatformNotSupportedException($"CogCommit runs on x64 and arm64 processors; this process is {architecture}."),
        };
        return musl ? $"{system}-musl-{processor}" : $"{system}-{processor}";
    }

    internal static string FileName(string system) => system switch
    {
        "win" => "e_sqlite3.dll",
        "osx" => "libe_sqlite3.dylib",
        _ => "libe_sqlite3.so",
    };

    /// <summary>A runtime built by a distribution names the distribution; what the process has mapped is then the proof.</summary>
    internal static bool IsMusl(string runtimeIdentifier, string maps) =>
        runtimeIdentifier.Contains("-musl-", StringComparison.Ordinal)
        || runtimeIdentifier.StartsWith("alpine", StringComparison.Ordinal)
        || maps.Contains("/ld-musl-", StringComparison.Ordinal);

    private static string ReadMaps()
    {
        const string maps = "/proc/self/maps";
        try
        {
            return File.Exists(maps) ? File.ReadAllText(maps) : "";
        }
        catch (UnauthorizedAccessException)
        {
            return "";
        }
    }
}
