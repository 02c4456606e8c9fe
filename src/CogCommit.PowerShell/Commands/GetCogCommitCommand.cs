using System.Management.Automation;
using CogCommit.Core.Query;
using CogCommit.PowerShell.Pipeline;

namespace CogCommit.PowerShell;

/// <summary>Lists cognitive commits, newest first.</summary>
[Cmdlet(VerbsCommon.Get, "CogCommit", SupportsPaging = true)]
[OutputType(typeof(CognitiveCommit))]
public sealed class GetCogCommitCommand : CommitFilterCommand
{
    /// <summary>Only commits that were deleted and can come back (Restore-CogCommit).</summary>
    [Parameter(HelpMessage = "Only commits that were deleted and can come back with Restore-CogCommit; others are not listed any more.")]
    public SwitchParameter Deleted { get; set; }

    private Page? _page;
    private CommitFilter? _filter;

    private protected override void Process()
    {
        Target = GitHash;
        _page ??= Page.Of(PagingParameters);
        _filter ??= Deleted ? Filter() with { Visibility = Visibility.DeletedOnly } : Filter();
        if (CommitId is not null)
        {
            foreach (var commit in Commits(_filter).Where(_ => _page.Takes()))
            {
                WriteObject(commit);
            }
            return;
        }
        if (PagingParameters.IncludeTotalCount)
        {
            var count = ExistingStore is { } store ? CommitReader.Count(store, _filter) : 0;
            WriteObject(PagingParameters.NewTotalCount((ulong)count, 1.0));
        }
        foreach (var commit in Commits(_filter, _page.Skip, _page.First))
        {
            WriteObject(commit);
        }
    }
}
