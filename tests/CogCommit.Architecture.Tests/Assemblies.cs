using Mono.Cecil;

namespace CogCommit.Architecture.Tests;

/// <summary>Our assemblies, read without being loaded: PowerShell's own are not here.</summary>
internal static class Assemblies
{
    public static AssemblyDefinition Model { get; } = Read("CogCommit.Model");

    public static AssemblyDefinition Core { get; } = Read("CogCommit.Core");

    public static AssemblyDefinition PowerShell { get; } = Read("CogCommit.PowerShell");

    public static AssemblyDefinition LocalCloud { get; } = Read("CogCommit.LocalCloud");

    public static string Repository { get; } = FindRepository();

    /// <summary>Names of the assemblies that it refers to.</summary>
    public static IEnumerable<string> References(AssemblyDefinition assembly) => assembly.MainModule.AssemblyReferences.Select(reference => reference.Name);

    private static AssemblyDefinition Read(string name) => AssemblyDefinition.ReadAssembly(Path.Combine(AppContext.BaseDirectory, name + ".dll"));

    private static string FindRepository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "CogCommit.sln")))
            {
                return folder.FullName;
            }
        }
        throw new DirectoryNotFoundException($"No CogCommit.sln above {AppContext.BaseDirectory}.");
    }
}
