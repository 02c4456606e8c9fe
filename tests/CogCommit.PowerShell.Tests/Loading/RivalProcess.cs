using System.Data.Common;
using System.Diagnostics;
using System.Reflection;
using System.Runtime.Loader;
using CogCommit.PowerShell.Tests.Engine;
using CogCommit.PowerShell.Tests.Samples;

namespace CogCommit.PowerShell.Tests.Loading;

/// <summary>Run by <see cref="RivalTests"/>, each in a process of its own: what a process has loaded stays.</summary>
public class RivalProcess(LocalCloud cloud)
{
    private static readonly string[] Both = ["Microsoft.Data.Sqlite", "Polly.Core", "SQLitePCLRaw.core"];

    private static string Rival => Path.Combine(
        RepositoryRoot.Path, "tests", "CogCommit.RivalModule", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "CogCommit.RivalModule.dll");

    [Fact(Explicit = true)]
    public void Imported_after_a_module_with_other_versions_both_work()
    {
        using var machines = new Machines(cloud, before: Rival);

        var sqlite = UseRival(machines);
        Use(machines);

        Assert.Equal(sqlite, UseRival(machines));
        EachHasItsOwn(sqlite);
    }

    [Fact(Explicit = true)]
    public void Imported_before_a_module_with_other_versions_both_work()
    {
        using var machines = new Machines(cloud);
        Use(machines);

        machines.Run("Import-Module $args[0]", Rival).Fine();
        var sqlite = UseRival(machines);

        Assert.Equal(4, machines.Run("Get-CogCommit").Fine().Output.Count);
        EachHasItsOwn(sqlite);
    }

    /// <summary>SQLite by import and search, Polly by a sync.</summary>
    private static void Use(Machines machines)
    {
        machines.Run("Import-CogCommit $args[0]", History.Write(machines.Folder)).Fine();
        Assert.Equal(2, machines.Run("Search-CogCommit retry -Role user").Fine().Output.Count);
        machines.Connect("u" + Guid.NewGuid().ToString("N")[..8], "-MachineName one").Fine();
        Assert.Equal(4, machines.Run("Push-CogCommit").Fine().One.Get<int>("Pushed"));
    }

    private static string UseRival(Machines machines) => (string)machines.Run("Test-Rival").Fine().One.BaseObject;

    private static void EachHasItsOwn(string rivalsSqlite)
    {
        foreach (var name in Both)
        {
            var loaded = AppDomain.CurrentDomain.GetAssemblies().Where(assembly => assembly.GetName().Name == name).ToArray();
            var ours = Assert.Single(loaded, assembly => AssemblyLoadContext.GetLoadContext(assembly)!.Name == "CogCommit");
            var theirs = Assert.Single(loaded, assembly => AssemblyLoadContext.GetLoadContext(assembly) == AssemblyLoadContext.Default);

            Assert.Equal(Path.Combine(RepositoryRoot.Module, "dependencies"), Path.GetDirectoryName(ours.Location));
            Assert.Equal(Path.GetDirectoryName(Rival), Path.GetDirectoryName(theirs.Location));
            Assert.True(Version(ours) != Version(theirs), $"{name} is {Version(ours)} in both modules: this shows nothing.");
        }

        Assert.NotEqual(rivalsSqlite, OurSqlite());
    }

    /// <summary>Not that of the assembly's name: Polly's stays the same through a major version.</summary>
    private static string? Version(Assembly assembly) => FileVersionInfo.GetVersionInfo(assembly.Location).FileVersion;

    /// <summary>What the native library of our own context answers.</summary>
    private static string OurSqlite()
    {
        var ours = AppDomain.CurrentDomain.GetAssemblies()
            .Single(assembly => assembly.GetName().Name == "Microsoft.Data.Sqlite" && AssemblyLoadContext.GetLoadContext(assembly)!.Name == "CogCommit");
        var type = ours.GetType("Microsoft.Data.Sqlite.SqliteConnection", throwOnError: true)!;
        using var connection = (DbConnection)Activator.CreateInstance(type, "Data Source=:memory:")!;
        connection.Open();
        return connection.ServerVersion;
    }
}
