using System.Management.Automation;
using System.Reflection;
using System.Runtime.Loader;

namespace CogCommit.PowerShell.Loading;

/// <summary>Lets PowerShell's own load context find CogCommit.Core, and nothing else, in ours.</summary>
public sealed class ModuleLoading : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    private const string Core = "CogCommit.Core";

    private static readonly Lazy<DependencyContext> Context = new(() => new DependencyContext(
        Path.Combine(Path.GetDirectoryName(typeof(ModuleLoading).Assembly.Location)!, "dependencies")));

    private static readonly object Gate = new();
    private static int imports;

    /// <summary>Called by PowerShell on each import, in each runspace.</summary>
    public void OnImport()
    {
        lock (Gate)
        {
            if (imports++ == 0)
            {
                AssemblyLoadContext.Default.Resolving += Resolve;
            }
        }
    }

    /// <summary>Called by PowerShell on each removal.</summary>
    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        lock (Gate)
        {
            // Another runspace of the process may still have the module.
            if (imports > 0 && --imports == 0)
            {
                AssemblyLoadContext.Default.Resolving -= Resolve;
            }
        }
    }

    private static Assembly? Resolve(AssemblyLoadContext context, AssemblyName name) =>
        name.Name == Core ? Context.Value.LoadFromAssemblyName(name) : null;
}
