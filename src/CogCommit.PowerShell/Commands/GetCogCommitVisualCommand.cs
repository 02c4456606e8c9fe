using System.Management.Automation;
using CogCommit.Core;
using CogCommit.Core.Query;
using CogCommit.PowerShell.Parameters;
using CogCommit.PowerShell.Parameters.Completion;
using CogCommit.PowerShell.Pipeline;

namespace CogCommit.PowerShell;

/// <summary>Lists the pictures of commits, newest first; with -Content with what is in them, fetched from the cloud where it is not here.</summary>
[Cmdlet(VerbsCommon.Get, "CogCommitVisual")]
[OutputType(typeof(Visual))]
public sealed class GetCogCommitVisualCommand : VisualCommand
{
    /// <summary>The commits: ids, their first 8 or more characters, or objects that have one.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "The commits: ids, the first 8 or more characters of them, or objects with CommitId or Id.")]
    [Alias("Id")]
    [CommitId("VisualId", "TurnId")]
    [ArgumentCompleter(typeof(CommitIdCompleter))]
    public string[]? CommitId { get; set; }

    /// <summary>Visuals: their ids, or the first 8 or more characters of them.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, HelpMessage = "Visuals: their ids, or the first 8 or more characters of them.")]
    [ObjectId("VisualId")]
    [ArgumentCompleter(typeof(VisualIdCompleter))]
    public string[]? VisualId { get; set; }

    /// <summary>Only what was shown in these turns: their ids, or the first 8 or more characters of them.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, HelpMessage = "Only what was shown in these turns: their ids, or the first 8 or more characters of them.")]
    [ObjectId("TurnId")]
    public string[]? TurnId { get; set; }

    /// <summary>Types, wildcards allowed: image is what transcripts hold, screenshot what is added without another.</summary>
    [Parameter(HelpMessage = "Types, wildcards allowed: image is what transcripts hold, screenshot what is added without another.")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Type { get; set; }

    /// <summary>Names of projects, wildcards allowed; <c>.</c> is the project of the current location.</summary>
    [Parameter(HelpMessage = "Names of projects, wildcards allowed; . is the project of the current location.")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ProjectCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Project { get; set; }

    /// <summary>Only what was taken at this moment or later.</summary>
    [Parameter(HelpMessage = "A date in local time, or how long ago: 12h, 30d, 8w, 6mo, 1y.")]
    [Moment]
    public DateTimeOffset? Since { get; set; }

    /// <summary>Reads the pictures themselves too, into Content; what is not here is fetched.</summary>
    [Parameter(HelpMessage = "Reads the pictures themselves too, into the property Content. What is not on this machine is fetched from the cloud.")]
    public SwitchParameter Content { get; set; }

    private protected override void Process()
    {
        foreach (var filter in Scopes())
        {
            foreach (var visual in VisualReader.Read(Store, filter, Local, StopToken).Where(visual => IsNew(visual.VisualId)))
            {
                if (Content)
                {
                    ForOne(visual.VisualId, () => WriteObject(WithContent(visual)));
                }
                else
                {
                    WriteObject(visual);
                }
            }
        }
    }

    private IEnumerable<VisualFilter> Scopes()
    {
        var visuals = Chosen("Visual", VisualId, FindVisuals);
        var turns = Chosen("Turn", TurnId, (id, most) => ExistingStore is { } store ? TurnReader.FindIds(store, id, most) : []);
        if ((VisualId is { Length: > 0 } && visuals.Count == 0) || (TurnId is { Length: > 0 } && turns.Count == 0))
        {
            return [];
        }

        var unnamed = visuals.Count + turns.Count == 0;
        if (unnamed && (CommitId ?? VisualId ?? TurnId) is { Length: 0 })
        {
            WriteError(ErrorRecords.Of(
                new CogCommitException("InvalidVisualId", "There is no id in what was given. Without an id all visuals are listed.", ErrorKind.InvalidArgument), null));
            return [];
        }

        var filter = new VisualFilter { VisualIds = visuals, TurnIds = turns, Types = Type ?? [], Projects = Projects(Project), Since = Since };
        return CommitId is { Length: > 0 } ? Resolve(CommitId).Select(commit => filter with { CommitIds = [commit.Id] })
            : ExistingStore is null ? []
            : [filter];
    }

    private List<string> Chosen(string what, string[]? ids, Func<string, int, IReadOnlyList<string>> find)
    {
        var known = new List<string>();
        foreach (var id in ids ?? [])
        {
            ForOne(id, () => known.Add(ChosenId.Resolve(what, id, find)));
        }
        return known;
    }

    private Visual WithContent(Visual visual)
    {
        var path = ContentOf(visual);
        return visual.WithContent(File.ReadAllBytes(path), path);
    }
}
