using System.Management.Automation;
using CogCommit.Core.Health;
using CogCommit.PowerShell.Parameters.Completion;

namespace CogCommit.PowerShell;

/// <summary>Looks whether everything works, and says what to do where it does not. It changes nothing.</summary>
[Cmdlet(VerbsDiagnostic.Test, "CogCommit")]
[OutputType(typeof(HealthCheck))]
public sealed class TestCogCommitCommand : DaemonCommand
{
    /// <summary>The checks to make; all of them unless named.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "The checks to make, wildcards allowed: Home, Store, Version, Disk, Locks, Config, Transcripts, Retention, SignIn, Cloud, Clock, Quota, Pending, Failed, Conflicts, Daemon. Default: all.")]
    [ArgumentCompleter(typeof(HealthCheckCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Check { get; set; } = ["*"];

    /// <summary>Reads the whole store.</summary>
    [Parameter(HelpMessage = "Reads the whole store and its full text, not only its structure: takes longer.")]
    public SwitchParameter Full { get; set; }

    private protected override void Process()
    {
        var patterns = Array.ConvertAll(Check, name => new WildcardPattern(name, WildcardOptions.IgnoreCase));
        foreach (var (name, i) in Check.Select((name, i) => (name, i)).Where(one => !WildcardPattern.ContainsWildcardCharacters(one.name)))
        {
            ForOne(name, () => RequireKnown(name, patterns[i]));
        }

        Run("Looking", async (pump, cancel) =>
        {
            await HealthChecks.RunAsync(
                new HealthEnvironment { Home = Home, Clock = Clock, Full = Full, StartsAtLogon = () => IsRegistered },
                name => patterns.Any(pattern => pattern.IsMatch(name)),
                found => pump.Post(() => WriteObject(found)),
                cancel).ConfigureAwait(false);
            return true;
        });
    }

    private static void RequireKnown(string name, WildcardPattern pattern)
    {
        if (!HealthChecks.Names.Any(known => pattern.IsMatch(known.Name)))
        {
            throw new Core.CogCommitException(
                "UnknownCheck",
                $"'{name}' is no check. The checks are {string.Join(", ", HealthChecks.Names.Select(known => known.Name))}.",
                Core.ErrorKind.InvalidArgument);
        }
    }
}
