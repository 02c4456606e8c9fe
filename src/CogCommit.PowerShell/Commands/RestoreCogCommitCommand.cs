using System.Management.Automation;
using CogCommit.Core.Store;
using CogCommit.PowerShell.Parameters;
using CogCommit.PowerShell.Parameters.Completion;

namespace CogCommit.PowerShell;

/// <summary>Brings deleted commits back, here and, with the next sync, everywhere: within 30 days, as long as their content is there.</summary>
[Cmdlet(VerbsData.Restore, "CogCommit", SupportsShouldProcess = true)]
[OutputType(typeof(CognitiveCommit))]
public sealed class RestoreCogCommitCommand : CommitIdCommand
{
    /// <summary>The deleted commits: ids, their first 8 or more characters, or objects that have one.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "The deleted commits (Get-CogCommit -Deleted): ids, the first 8 or more characters of them, or objects with CommitId or Id.")]
    [Alias("Id")]
    [CommitId]
    [ArgumentCompleter(typeof(CommitIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] CommitId { get; set; } = [];

    /// <summary>Returns the commits as they are afterwards.</summary>
    [Parameter(HelpMessage = "Returns the commits as they are afterwards.")]
    public SwitchParameter PassThru { get; set; }

    private protected override void Process()
    {
        // Read to the end first: the list that comes in may be the one that changes.
        foreach (var commit in Resolve(CommitId, deleted: true).Where(commit => IsNew(commit.Id)).ToList())
        {
            if (ShouldProcess($"{commit.Id} ({commit.Title})", "Restore here and, with the next sync, on every machine"))
            {
                ForOne(commit.Id, () => Restore(commit.Id));
            }
        }
    }

    private void Restore(string id)
    {
        var restored = Curation.Restore(Store, id);
        if (PassThru)
        {
            WriteObject(restored);
        }
    }
}
