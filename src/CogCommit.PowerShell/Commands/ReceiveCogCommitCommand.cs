using System.Management.Automation;
using CogCommit.Core.Sync;
using CogCommit.PowerShell.Parameters;
using CogCommit.PowerShell.Parameters.Completion;

namespace CogCommit.PowerShell;

/// <summary>Brings what is new in the cloud.</summary>
[Cmdlet(VerbsCommunications.Receive, "CogCommit", SupportsShouldProcess = true)]
[Alias("Pull-CogCommit")]
[OutputType(typeof(SyncResult))]
public sealed class ReceiveCogCommitCommand : CloudCommand
{
    private readonly List<string> _ids = [];

    /// <summary>Just these commits, also where they were removed from this machine: ids, or their first 8 or more characters.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "Just these commits, also where they were removed from this machine: ids, or the first 8 or more characters of them.")]
    [Alias("Id")]
    [CommitId]
    [ArgumentCompleter(typeof(CommitIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? CommitId { get; set; }

    /// <summary>Everything from the beginning, not only what is new.</summary>
    [Parameter(HelpMessage = "Everything from the beginning, not only what is new.")]
    public SwitchParameter Full { get; set; }

    private protected override void Process() => _ids.AddRange(CommitId ?? []);

    private protected override void End()
    {
        if (_ids.Count == 0 && MyInvocation.ExpectingInput)
        {
            return;
        }
        Target = _ids.Count == 1 ? _ids[0] : null;
        if (ShouldProcess(_ids.Count > 0 ? $"{_ids.Count} commits" : "what is new in the cloud", "Receive-CogCommit"))
        {
            WriteSync((engine, progress, cancel) => engine.PullAsync(new PullOptions { CommitIds = _ids, Full = Full }, progress, cancel));
        }
    }
}
