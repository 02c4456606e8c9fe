using System.Management.Automation;
using CogCommit.Core;
using CogCommit.Core.Store;
using CogCommit.PowerShell.Parameters;
using CogCommit.PowerShell.Parameters.Completion;

namespace CogCommit.PowerShell;

/// <summary>Changes what the user says about commits: title, project, hidden, published, order.</summary>
[Cmdlet(VerbsCommon.Set, "CogCommit", SupportsShouldProcess = true)]
[OutputType(typeof(CognitiveCommit))]
public sealed class SetCogCommitCommand : CommitIdCommand
{
    /// <summary>The commits: ids, their first 8 or more characters, or objects that have one.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "The commits: ids, the first 8 or more characters of them, or objects with CommitId or Id.")]
    [Alias("Id")]
    [CommitId]
    [ArgumentCompleter(typeof(CommitIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] CommitId { get; set; } = [];

    /// <summary>The title; empty for the derived one again.</summary>
    [Parameter(HelpMessage = "The title; '' for the derived one again.")]
    [AllowEmptyString]
    public string? Title { get; set; }

    /// <summary>The project it belongs to; empty for the one that capture found.</summary>
    [Parameter(HelpMessage = "The project it belongs to; '' for the one that capture found, . for that of the current location.")]
    [ArgumentCompleter(typeof(ProjectNameCompleter))]
    [AllowEmptyString]
    public string? Project { get; set; }

    /// <summary>Leaves it out of lists.</summary>
    [Parameter(HelpMessage = "Leaves it out of lists; -Hidden:$false shows it again.")]
    public SwitchParameter Hidden { get; set; }

    /// <summary>Marks it as published.</summary>
    [Parameter(HelpMessage = "Marks it as published; -Published:$false takes the mark away.")]
    public SwitchParameter Published { get; set; }

    /// <summary>The user's own order.</summary>
    [Parameter(HelpMessage = "Your own order: a number.")]
    public int DisplayOrder { get; set; }

    /// <summary>Returns the commits as they are afterwards.</summary>
    [Parameter(HelpMessage = "Returns the commits as they are afterwards.")]
    public SwitchParameter PassThru { get; set; }

    private protected override void Begin()
    {
        if (!new[] { nameof(Title), nameof(Project), nameof(Hidden), nameof(Published), nameof(DisplayOrder) }.Any(Given))
        {
            throw new CogCommitException(
                "NothingToSet",
                "Say what to change: -Title, -Project, -Hidden, -Published or -DisplayOrder. Nothing was changed.",
                ErrorKind.InvalidArgument);
        }
    }

    private protected override void Process()
    {
        var change = new CurationChange
        {
            Title = Given(nameof(Title)) ? Title ?? "" : null,
            Project = Given(nameof(Project)) ? Projects([Project ?? ""], escape: false)[0] : null,
            Hidden = Given(nameof(Hidden)) ? Hidden.IsPresent : null,
            Published = Given(nameof(Published)) ? Published.IsPresent : null,
            DisplayOrder = Given(nameof(DisplayOrder)) ? DisplayOrder : null,
        };
        foreach (var commit in Resolve(CommitId).Where(commit => IsNew(commit.Id)))
        {
            if (ShouldProcess($"{commit.Id} ({commit.Title})", "Set-CogCommit"))
            {
                ForOne(commit.Id, () => Apply(commit, change));
            }
        }
    }

    private void Apply(CognitiveCommit commit, CurationChange change)
    {
        var changed = Curation.Apply(Store, commit.Id, change);
        if (PassThru)
        {
            WriteObject(changed);
        }
    }

    private bool Given(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);
}
