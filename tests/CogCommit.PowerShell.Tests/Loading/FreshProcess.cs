using System.Diagnostics;
using CogCommit.PowerShell.Tests.Engine;
using CogCommit.Testing;

namespace CogCommit.PowerShell.Tests.Loading;

/// <summary>Run by <see cref="LoadingTests"/> in a process of its own.</summary>
public class FreshProcess
{
    private static readonly string[] Heavy = ["Microsoft.Data.Sqlite", "SQLitePCLRaw", "Polly", "System.Net.Http"];

    [Fact(Explicit = true)]
    public void Import_loads_nothing_of_SQLite_HTTP_or_Polly()
    {
        var before = Loaded();
        var watch = Stopwatch.StartNew();
        using var engine = new BareEngine();
        Figures.Record("ms to open a first runspace and import the module", watch.ElapsedMilliseconds);

        Assert.NotNull(engine.Run("[CogCommit.CognitiveCommit]").Fine().One);
        var loaded = Loaded().Except(before).ToArray();
        Assert.Contains("CogCommit.PowerShell", loaded);
        Assert.DoesNotContain(loaded, name => Heavy.Any(heavy => name.StartsWith(heavy, StringComparison.Ordinal)));
    }

    private static string[] Loaded() => [.. AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.GetName().Name ?? "")];
}
