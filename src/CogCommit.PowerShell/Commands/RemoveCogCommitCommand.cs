using System.Management.Automation;
using CogCommit.Core;
using CogCommit.Core.Capture;
using CogCommit.Core.Config;
using CogCommit.Core.Query;
using CogCommit.Core.Store;
using CogCommit.Core.Sync;
using CogCommit.PowerShell.Parameters;
using CogCommit.PowerShell.Parameters.Completion;
using CogCommit.PowerShell.Pipeline;

namespace CogCommit.PowerShell;

/// <summary>Removes commits from this machine, or with -Cloud from everywhere.</summary>
[Cmdlet(VerbsCommon.Remove, "CogCommit", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = ById)]
[OutputType(typeof(CognitiveCommit))]
public sealed class RemoveCogCommitCommand : CloudCommand
{
    private const string ById = "Id";
    private const string ByAge = "Before";
    private bool? _confirmationsHold;

    /// <summary>The commits: ids, their first 8 or more characters, or objects that have one.</summary>
    [Parameter(ParameterSetName = ById, Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "The commits: ids, the first 8 or more characters of them, or objects with CommitId or Id.")]
    [Alias("Id")]
    [CommitId]
    [ArgumentCompleter(typeof(CommitIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] CommitId { get; set; } = [];

    /// <summary>All commits that ended before this moment.</summary>
    [Parameter(ParameterSetName = ByAge, Mandatory = true, HelpMessage = "A date in local time, or how long ago: 12h, 30d, 8w, 6mo, 1y.")]
    [Moment]
    public DateTimeOffset Before { get; set; }

    /// <summary>Only of these projects, wildcards allowed; <c>.</c> is the project of the current location.</summary>
    [Parameter(ParameterSetName = ByAge, HelpMessage = "Only of these projects, wildcards allowed; . is the project of the current location.")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ProjectCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Project { get; set; }

    /// <summary>Deletes them in the cloud too, and so on every machine.</summary>
    [Parameter(HelpMessage = "Deletes them in the cloud too, and so on every machine.")]
    public SwitchParameter Cloud { get; set; }

    /// <summary>Also what the cloud does not have.</summary>
    [Parameter(HelpMessage = "Also what the cloud does not have, or not all of: it is then gone.")]
    public SwitchParameter IncludeUnpushed { get; set; }

    /// <summary>Without asking.</summary>
    [Parameter(HelpMessage = "Without asking.")]
    public SwitchParameter Force { get; set; }

    /// <summary>Returns the commits that were removed, as they were.</summary>
    [Parameter(HelpMessage = "Returns the commits that were removed, as they were.")]
    public SwitchParameter PassThru { get; set; }

    private protected override void Process()
    {
        if (ParameterSetName == ById)
        {
            foreach (var commit in Resolve(CommitId).Where(commit => IsNew(commit.Id)))
            {
                Remove(commit.Id, commit.Title, commit);
            }
            return;
        }
        var filter = new CommitFilter { ClosedBefore = Before, Projects = Projects(Project), Visibility = Visibility.All };
        // Read to the end first: the list must not change under its reader.
        var commits = ExistingStore is { } store ? CommitReader.Read(store, filter, ct: StopToken).Select(commit => (commit.Id, commit.Title)).ToList() : [];
        using var progress = NewProgress();
        for (var i = 0; i < commits.Count; i++)
        {
            progress.Show(ProgressStep.Counted("Removing commits", i, commits.Count, "commits", commits[i].Title));
            Remove(commits[i].Id, commits[i].Title, null);
        }
    }

    /// <param name="id">The commit.</param>
    /// <param name="title">For the question.</param>
    /// <param name="commit">As it is; null: it is read again where it is to be returned, for a list may be long.</param>
    private void Remove(string id, string title, CognitiveCommit? commit)
    {
        StopToken.ThrowIfCancellationRequested();
        // Before it asks, and with -WhatIf too: nobody is to agree to what is then refused.
        if (!Cloud && !IncludeUnpushed && Pruning.IsRefused(ExistingStore!, id))
        {
            WriteError(ErrorRecords.Of(NotPushed(id), id));
            return;
        }
        if (!Cloud && !IncludeUnpushed && !(_confirmationsHold ??= AskCloud()))
        {
            WriteError(ErrorRecords.Of(Restored(id), id));
            return;
        }
        var what = Cloud ? "Delete here and on every machine"
            : IncludeUnpushed ? "Remove from this machine, also what the cloud does not have"
            : "Remove from this machine";
        if (Agreed(Force, $"{id} ({title})", what))
        {
            ForOne(id, () =>
            {
                var before = PassThru ? commit ?? CommitIds.Resolve(Store, id) : null;
                RemoveNow(id);
                if (before is not null)
                {
                    WriteObject(before);
                }
            });
        }
    }

    private void RemoveNow(string id)
    {
        if (Cloud)
        {
            Deletion.Delete(Store, id);
        }
        else if (Pruning.Prune(Store, [id], IncludeUnpushed).NotPushed.Count > 0)
        {
            // Captured since it was looked at.
            throw NotPushed(id);
        }
    }

    /// <summary>Whether the cloud still knows what it confirmed. Where it cannot be asked it is taken to: who is offline wants room too.</summary>
    private bool AskCloud()
    {
        try
        {
            if (!Settings.Load(Home).UsesCloud)
            {
                return true;
            }

            return WithAccount(async (account, _, cancel) =>
                account.Current is null || await Confirmations.HoldAsync(ExistingStore!, account.ConnectToLook(), cancel).ConfigureAwait(false));
        }
        catch (CogCommitException unasked)
        {
            WriteWarning($"The cloud was not asked whether it still has what it confirmed. {unasked.Message}");
            return true;
        }
    }

    private static CogCommitException Restored(string id) => new(
        "CloudRestored",
        $"The cloud does not know any more what it confirmed to this machine: it was restored from a backup, or wiped. So {id} was kept: this may be the only copy. "
        + "Run Sync-CogCommit first, which sends what the cloud lacks, or remove it for good with -IncludeUnpushed.",
        ErrorKind.Conflict);

    private static CogCommitException NotPushed(string id) => new(
        "NotPushed",
        $"The cloud does not have all of {id}, so it was kept. Push it first (Push-CogCommit {id}), or remove it for good with -IncludeUnpushed.",
        ErrorKind.Conflict);
}
