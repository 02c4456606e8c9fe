using System.Management.Automation;
using CogCommit.Core.Query;
using CogCommit.PowerShell.Parameters;
using CogCommit.PowerShell.Parameters.Completion;

namespace CogCommit.PowerShell;

/// <summary>Counts commits, sessions, turns, prompts and tokens; by project, agent, model, tool and day.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "CogCommit")]
[OutputType(typeof(Statistics))]
public sealed class MeasureCogCommitCommand : CommitIdCommand
{
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    /// <summary>Names of projects, wildcards allowed; <c>.</c> is the project of the current location.</summary>
    [Parameter(Position = 0, HelpMessage = "Names of projects, wildcards allowed; . is the project of the current location.")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ProjectCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Project { get; set; }

    /// <summary>Only these commits: ids, their first 8 or more characters, or objects that have one.</summary>
    [Parameter(ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "Only these commits, hidden ones too: ids, the first 8 or more characters of them, or objects with CommitId or Id.")]
    [Alias("Id")]
    [CommitId]
    [ArgumentCompleter(typeof(CommitIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? CommitId { get; set; }

    /// <summary>What was written at this moment or later.</summary>
    [Parameter(HelpMessage = "A date in local time, or how long ago: 12h, 30d, 8w, 6mo, 1y.")]
    [Moment]
    public DateTimeOffset? Since { get; set; }

    /// <summary>What was written at this moment or earlier.</summary>
    [Parameter(HelpMessage = "A date in local time, or how long ago: 12h, 30d, 8w, 6mo, 1y.")]
    [Moment]
    public DateTimeOffset? Until { get; set; }

    /// <summary>In hidden commits too.</summary>
    [Parameter(HelpMessage = "In hidden commits too.")]
    public SwitchParameter Force { get; set; }

    // Of the commits only the ids are kept: the sum of all is known when the last one has come, and a commit that comes again counts once.
    private protected override void Process() => _ids.UnionWith(Resolve(CommitId ?? []).Select(commit => commit.Id));

    private protected override void End()
    {
        // An empty pipeline, or ids that mean nothing, must not count everything.
        var none = _ids.Count == 0 && (CommitId is not null || MyInvocation.ExpectingInput);
        var filter = new StatisticsFilter
        {
            CommitIds = _ids,
            Projects = Projects(Project),
            Since = Since,
            Until = Until,
            Visibility = Force ? Visibility.All : Visibility.Shown,
        };
        WriteObject(!none && ExistingStore is { } store
            ? Run("Counting", (_, cancel) => Task.FromResult(StatisticsReader.Read(store, filter, cancel)))
            : new Statistics());
    }
}
