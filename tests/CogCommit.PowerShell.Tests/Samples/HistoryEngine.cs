using CogCommit.PowerShell.Tests.Engine;

namespace CogCommit.PowerShell.Tests.Samples;

/// <summary>A machine on which <see cref="History"/> is imported, for classes whose tests only look.</summary>
public sealed class HistoryEngine : BareEngine
{
    public HistoryEngine()
    {
        Run("Import-CogCommit $args[0]", History.Write(Folder)).Fine();
        var commits = Run("Get-CogCommit").Fine();
        Ids = [.. commits.All<string>("Id")];
    }

    /// <summary>Newest first: harbour, lighthouse's end, Blink, Retry uploads.</summary>
    internal IReadOnlyList<string> Ids { get; }
}
