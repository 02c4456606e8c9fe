using System.Globalization;
using System.Management.Automation;
using CogCommit.Core;
using CogCommit.Core.Sync;
using CogCommit.PowerShell.Parameters;
using CogCommit.PowerShell.Parameters.Completion;
using CogCommit.PowerShell.Pipeline;

namespace CogCommit.PowerShell;

/// <summary>
/// Keeps one of two edits that met: what this machine said, or what another one said. The commit comes to say it, here and, with the next
/// sync, everywhere. The other one stays in the archive for 30 days and can be kept instead until then, by the same command.
/// </summary>
[Cmdlet(VerbsDiagnostic.Resolve, "CogCommitConflict", SupportsShouldProcess = true, DefaultParameterSetName = ById)]
[OutputType(typeof(CommitConflict))]
public sealed class ResolveCogCommitConflictCommand : CogCommitCommand
{
    private const string ById = "Id";
    private const string ByCommit = "CommitId";
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <summary>The conflicts, resolved ones too: ids, their first 8 or more characters, or objects of Get-CogCommitConflict.</summary>
    [Parameter(ParameterSetName = ById, Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "The conflicts, resolved ones too: ids, the first 8 or more characters of them, or what Get-CogCommitConflict gives.")]
    [ConflictId]
    [ArgumentCompleter(typeof(ConflictIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Id { get; set; } = [];

    /// <summary>All conflicts of these commits that wait to be resolved; the latest has the last word.</summary>
    [Parameter(ParameterSetName = ByCommit, Mandatory = true,
        HelpMessage = "All conflicts of these commits that wait: ids of commits, the first 8 or more characters of them, or objects with CommitId or Id.")]
    [CommitId]
    [ArgumentCompleter(typeof(CommitIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] CommitId { get; set; } = [];

    /// <summary>Local: what was said on this machine. Cloud: what was said on another one.</summary>
    [Parameter(Mandatory = true,
        HelpMessage = "Local: what was said on this machine. Cloud: what was said on another one. The other stays restorable for 30 days.")]
    public ConflictSide Keep { get; set; }

    /// <summary>Returns the conflicts as they are afterwards.</summary>
    [Parameter(HelpMessage = "Returns the conflicts as they are afterwards.")]
    public SwitchParameter PassThru { get; set; }

    private protected override void Process()
    {
        foreach (var id in ParameterSetName == ById ? Id : CommitId)
        {
            ForOne(id, () =>
            {
                foreach (var conflict in Wanted(id).Where(conflict => _seen.Add(conflict.Id)))
                {
                    if (ShouldProcess(Named(conflict), Action(conflict)))
                    {
                        ForOne(conflict.Id, () => Resolve(conflict.Id));
                    }
                }
            });
        }
    }

    private List<CommitConflict> Wanted(string id)
    {
        var prefix = CommitIds.Prefix(id);
        var all = ExistingStore is { } store ? ConflictReader.Read(store, resolvedToo: true) : [];
        var found = ParameterSetName == ById
            ? all.Where(conflict => conflict.Id.StartsWith(prefix, StringComparison.Ordinal)).ToList()
            // Oldest first, so that of several the latest stays.
            : all.Where(conflict => conflict.ResolvedAt is null && conflict.CommitId.StartsWith(prefix, StringComparison.Ordinal)).Reverse().ToList();
        if (found.Count == 0)
        {
            throw new CogCommitException(
                "ConflictNotFound",
                $"There is no {(ParameterSetName == ById ? "conflict" : "open conflict of a commit")} {id}. Get-CogCommitConflict -IncludeResolved lists them; they are kept for 30 days.",
                ErrorKind.NotFound);
        }
        return ParameterSetName == ById && found.Count > 1
            ? throw new CogCommitException("AmbiguousConflictId", $"{found.Count} conflicts begin with {id}. Give more of the id.", ErrorKind.InvalidArgument)
            : found;
    }

    private static string Named(CommitConflict conflict) => $"{conflict.CommitId} ({conflict.Title})";

    private string Action(CommitConflict conflict)
    {
        string Say(ConflictSide side) => string.Join(", ", conflict.Fields.Select(field => string.Create(
            CultureInfo.InvariantCulture, $"{field.Field} '{(side == ConflictSide.Local ? field.Local : field.Cloud) ?? "as captured"}'")));
        var (kept, other) = Keep == ConflictSide.Local
            ? ("this machine", ConflictSide.Cloud)
            : ("another machine", ConflictSide.Local);
        return $"Keep what {kept} said ({Say(Keep)}); the other side ({Say(other)}) can be kept instead until {conflict.RestorableUntil.ToLocalTime():yyyy-MM-dd}";
    }

    private void Resolve(string id)
    {
        ConflictResolution.Resolve(Store, id, Keep);
        if (PassThru)
        {
            WriteObject(ConflictReader.Read(Store, resolvedToo: true).First(conflict => conflict.Id == id));
        }
    }
}
