using System.Management.Automation;
using CogCommit.Core.Query;
using CogCommit.PowerShell.Parameters;

namespace CogCommit.PowerShell;

/// <summary>Counts commits, sessions, turns, prompts and tokens; by project, agent, model, tool and day.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "CogCommit")]
[OutputType(typeof(Statistics))]
public sealed class MeasureCogCommitCommand : CogCommitCommand
{
    /// <summary>Names of projects, wildcards allowed; <c>.</c> is the project of the current location.</summary>
    [Parameter(Position = 0, HelpMessage = "Names of projects, wildcards allowed; . is the project of the current location.")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Project { get; set; }

    /// <summary>What was written at this moment or later.</summary>
    [Parameter(HelpMessage = "A date in local time, or how long ago: 12h, 30d, 8w, 6mo, 1y.")]
    [Moment]
    public DateTimeOffset? Since { get; set; }

    /// <summary>What was written at this moment or earlier.</summary>
    [Parameter(HelpMessage = "A date in local time, or how long ago: 12h, 30d, 8w, 6mo, 1y.")]
    [Moment]
    public DateTimeOffset? Until { get; set; }

    private protected override void Process()
    {
        var filter = new StatisticsFilter { Projects = Projects(Project), Since = Since, Until = Until };
        WriteObject(ExistingStore is { } store
            ? Run("Counting", (_, cancel) => Task.FromResult(StatisticsReader.Read(store, filter, cancel)))
            : new Statistics());
    }
}
