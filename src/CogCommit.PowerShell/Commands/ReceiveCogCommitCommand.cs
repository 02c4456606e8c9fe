using System.Management.Automation;
using CogCommit.Core;
using CogCommit.Core.Sync;
using CogCommit.PowerShell.Parameters;
using CogCommit.PowerShell.Parameters.Completion;
using CogCommit.PowerShell.Pipeline;

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

    private protected override void Process()
    {
        foreach (var id in CommitId ?? [])
        {
            // The beginning of an id is as good as an id; what is neither must not become a pull of everything.
            ForOne(id, () =>
            {
                if (CommitIds.Prefix(id) is var prefix && IsNew(prefix))
                {
                    _ids.Add(prefix);
                }
            });
        }
    }

    private protected override void End()
    {
        if (_ids.Count == 0 && (CommitId is not null || MyInvocation.ExpectingInput))
        {
            return;
        }
        Target = _ids.Count == 1 ? _ids[0] : null;
        if (ShouldProcess(_ids.Count > 0 ? _ids.Count == 1 ? "1 commit" : $"{_ids.Count} commits" : "what is new in the cloud", "Receive-CogCommit"))
        {
            var missing = new List<string>();
            WriteSync((engine, progress, cancel) => engine.PullAsync(new PullOptions { CommitIds = _ids, Full = Full, Missing = missing.Add }, progress, cancel));
            foreach (var id in missing)
            {
                ForOne(id, () => throw new CogCommitException(
                    "CommitNotFound", $"The cloud has no commit {id}. What else was asked for is here.", ErrorKind.NotFound));
            }
        }
    }
}
