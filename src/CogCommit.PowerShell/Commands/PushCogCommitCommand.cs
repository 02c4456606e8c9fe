using System.Management.Automation;
using CogCommit.Core.Sync;
using CogCommit.PowerShell.Parameters;
using CogCommit.PowerShell.Parameters.Completion;

namespace CogCommit.PowerShell;

/// <summary>Sends to the cloud what waits here.</summary>
[Cmdlet(VerbsCommon.Push, "CogCommit", SupportsShouldProcess = true)]
[OutputType(typeof(SyncResult), typeof(PushPlanItem))]
public sealed class PushCogCommitCommand : CloudCommand
{
    private readonly List<string> _ids = [];

    /// <summary>Only these commits: ids, their first 8 or more characters, or objects that have one.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "Only these commits: ids, the first 8 or more characters of them, or objects with CommitId or Id.")]
    [Alias("Id")]
    [CommitId]
    [ArgumentCompleter(typeof(CommitIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? CommitId { get; set; }

    /// <summary>Only these projects, wildcards allowed; <c>.</c> is the project of the current location.</summary>
    [Parameter(HelpMessage = "Only these projects, wildcards allowed; . is the project of the current location.")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ProjectCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Project { get; set; }

    /// <summary>Sends nothing and returns what would be done, an object per commit.</summary>
    [Parameter(HelpMessage = "Sends nothing and returns what would be done, an object per commit.")]
    public SwitchParameter DryRun { get; set; }

    /// <summary>Sends again what the cloud has confirmed.</summary>
    [Parameter(HelpMessage = "Sends again what the cloud has confirmed.")]
    public SwitchParameter Force { get; set; }

    /// <summary>Tries again what was refused, too large or over the limit.</summary>
    [Parameter(HelpMessage = "Tries again what was refused, too large or over the limit.")]
    public SwitchParameter Retry { get; set; }

    private protected override void Process() =>
        _ids.AddRange(Resolve(CommitId ?? []).Where(commit => IsNew(commit.Id)).Select(commit => commit.Id));

    private protected override void End()
    {
        // An empty pipeline, or ids that mean nothing, must not become a push of everything.
        if (_ids.Count == 0 && (CommitId is not null || MyInvocation.ExpectingInput))
        {
            return;
        }
        var options = new PushOptions { CommitIds = _ids, Projects = Projects(Project), Force = Force, Retry = Retry };
        if (DryRun)
        {
            foreach (var item in ExistingStore is { } store ? PushPlan.Of(store, options) : [])
            {
                WriteObject(item);
            }
            return;
        }
        if (ShouldProcess(_ids.Count > 0 ? _ids.Count == 1 ? "1 commit" : $"{_ids.Count} commits" : "what waits for the cloud", "Push-CogCommit"))
        {
            WriteSync((engine, progress, cancel) => engine.PushAsync(options, progress, cancel));
        }
    }
}
