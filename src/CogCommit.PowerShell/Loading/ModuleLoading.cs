using System.Management.Automation;

namespace CogCommit.PowerShell.Loading;

/// <summary>Lets PowerShell find CogCommit.Core for as long as somebody has the module imported.</summary>
public sealed class ModuleLoading : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    private static readonly object Gate = new();
    private static int imports;

    /// <summary>Called by PowerShell on each import, in each runspace.</summary>
    public void OnImport()
    {
        lock (Gate)
        {
            if (imports++ == 0)
            {
                CoreAssembly.Show();
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
                CoreAssembly.Hide();
            }
        }
    }
}
