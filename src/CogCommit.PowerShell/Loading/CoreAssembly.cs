using System.Reflection;
using System.Runtime.Loader;

namespace CogCommit.PowerShell.Loading;

/// <summary>Lets the load context that this assembly lies in find CogCommit.Core, which is in ours. Knows nothing of PowerShell: a daemon has none.</summary>
internal static class CoreAssembly
{
    private const string Core = "CogCommit.Core";

    /// <summary>Where these assemblies lie.</summary>
    private static readonly string Folder = Path.GetDirectoryName(typeof(CoreAssembly).Assembly.Location)!;

    private static readonly Lazy<DependencyContext> Context = new(() => new DependencyContext(Path.Combine(Folder, "dependencies")));

    /// <summary>Until <see cref="Hide"/>, Core is found.</summary>
    public static void Show() => AssemblyLoadContext.Default.Resolving += Resolve;

    public static void Hide() => AssemblyLoadContext.Default.Resolving -= Resolve;

    /// <summary>As <see cref="Show"/>, with the model, which otherwise PowerShell loads.</summary>
    public static void ShowWithModel()
    {
        Show();
        AssemblyLoadContext.Default.Resolving += (context, name) => name.Name == DependencyContext.Model ? context.LoadFromAssemblyPath(Path.Combine(Folder, DependencyContext.Model + ".dll")) : null;
    }

    private static Assembly? Resolve(AssemblyLoadContext context, AssemblyName name) =>
        name.Name == Core ? Context.Value.LoadFromAssemblyName(name) : null;
}
