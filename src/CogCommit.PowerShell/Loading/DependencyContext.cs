using System.Reflection;
using System.Runtime.Loader;

namespace CogCommit.PowerShell.Loading;

/// <summary>
/// Holds CogCommit.Core and its packages, so that another module's version of the same package is no concern of ours
/// and ours none of theirs.
/// </summary>
internal sealed class DependencyContext(string folder) : AssemblyLoadContext("CogCommit")
{
    /// <summary>PowerShell loaded the model itself: users write its types in [brackets], so there may be only one of it.</summary>
    public const string Model = "CogCommit.Model";

    private static readonly string Framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var file = assemblyName.Name + ".dll";
        if (assemblyName.Name == Model)
        {
            return null;
        }
        var forWindows = Path.Combine(folder, "runtimes", "win", "lib", file);
        if (OperatingSystem.IsWindows() && File.Exists(forWindows))
        {
            return LoadFromAssemblyPath(forWindows);
        }
        var path = Path.Combine(folder, file);
        if (File.Exists(path))
        {
            return LoadFromAssemblyPath(path);
        }
        if (File.Exists(Path.Combine(Framework, file)))
        {
            return null;
        }
        // Falling back to the default context would mix in whatever another module happened to load.
        throw new FileNotFoundException($"CogCommit is not complete: {file} is missing from {folder}. Install or build it again.", file);
    }

    protected override IntPtr LoadUnmanagedDll(string unmanagedDllName)
    {
        var path = NativeSqlite.PathOf(unmanagedDllName, folder);
        return path is null ? IntPtr.Zero : LoadUnmanagedDllFromPath(path);
    }
}
