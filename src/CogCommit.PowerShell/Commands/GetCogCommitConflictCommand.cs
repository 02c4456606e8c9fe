using System.Management.Automation;
using CogCommit.Core.Sync;
using CogCommit.PowerShell.Parameters;
using CogCommit.PowerShell.Parameters.Completion;
using CogCommit.PowerShell.Pipeline;

namespace CogCommit.PowerShell;

/// <summary>
/// Lists edits of a commit that met on this machine, one made here and one elsewhere: the later one stands, and the other is kept for 30
/// days. Resolve-CogCommitConflict says which to keep.
/// </summary>
[Cmdlet(VerbsCommon.Get, "CogCommitConflict")]
[OutputType(typeof(CommitConflict))]
public sealed class GetCogCommitConflictCommand : CogCommitCommand
{
    /// <summary>Only of these commits: ids, their first 8 or more characters, or objects that have one.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "Only of these commits: ids, the first 8 or more characters of them, or objects with CommitId or Id.")]
    [Alias("Id")]
    [CommitId]
    [ArgumentCompleter(typeof(CommitIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? CommitId { get; set; }

    /// <summary>Also those that were resolved, as long as the other side can still be kept.</summary>
    [Parameter(HelpMessage = "Also those that were resolved: for 30 days the other side can still be kept instead.")]
    public SwitchParameter IncludeResolved { get; set; }

    private protected override void Process()
    {
        var conflicts = ExistingStore is { } store ? ConflictReader.Read(store, IncludeResolved) : [];
        if (CommitId is null)
        {
            WriteObject(conflicts, enumerateCollection: true);
            return;
        }
        foreach (var id in CommitId)
        {
            ForOne(id, () =>
            {
                var prefix = CommitIds.Prefix(id);
                WriteObject(conflicts.Where(conflict => conflict.CommitId.StartsWith(prefix, StringComparison.Ordinal)), enumerateCollection: true);
            });
        }
    }
}
