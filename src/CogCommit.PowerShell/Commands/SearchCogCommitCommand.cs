using System.Management.Automation;
using CogCommit.Core.Query;
using CogCommit.PowerShell.Parameters;
using CogCommit.PowerShell.Parameters.Completion;
using CogCommit.PowerShell.Pipeline;

namespace CogCommit.PowerShell;

/// <summary>Finds words in prompts, answers, tool calls and their results, titles, git subjects and file paths.</summary>
[Cmdlet(VerbsCommon.Search, "CogCommit", SupportsPaging = true)]
[OutputType(typeof(SearchHit))]
public sealed class SearchCogCommitCommand : CogCommitCommand
{
    /// <summary>Words, "phrases", prefix*, AND OR NOT.</summary>
    [Parameter(Mandatory = true, Position = 0, HelpMessage = "Words, \"phrases\", prefix*, AND, OR, NOT.")]
    [ValidateNotNullOrEmpty]
    public string Query { get; set; } = "";

    /// <summary>Names of projects, wildcards allowed; <c>.</c> is the project of the current location.</summary>
    [Parameter(HelpMessage = "Names of projects, wildcards allowed; . is the project of the current location.")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ProjectCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Project { get; set; }

    /// <summary>Names of git branches, wildcards allowed.</summary>
    [Parameter(HelpMessage = "Names of git branches, wildcards allowed.")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(BranchCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Branch { get; set; }

    /// <summary>Written at this moment or later.</summary>
    [Parameter(HelpMessage = "A date in local time, or how long ago: 12h, 30d, 8w, 6mo, 1y.")]
    [Moment]
    public DateTimeOffset? Since { get; set; }

    /// <summary>Written at this moment or earlier.</summary>
    [Parameter(HelpMessage = "A date in local time, or how long ago: 12h, 30d, 8w, 6mo, 1y.")]
    [Moment]
    public DateTimeOffset? Until { get; set; }

    /// <summary>Who said it; <c>commit</c> finds in titles, git subjects and file paths.</summary>
    [Parameter(HelpMessage = "Who said it: user, assistant, or commit for titles, git subjects and file paths.")]
    [ValidateSet(Wire.User, Wire.Assistant, Wire.Commit)]
    public string[]? Role { get; set; }

    /// <summary>The agent.</summary>
    [Parameter(HelpMessage = "The agent: claude_code.")]
    [ValidateSet(Wire.ClaudeCode)]
    public string[]? Source { get; set; }

    /// <summary>Names of tools that the turn called, wildcards allowed.</summary>
    [Parameter(HelpMessage = "Names of tools that the turn called, wildcards allowed.")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ToolCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Tool { get; set; }

    /// <summary>In hidden commits too.</summary>
    [Parameter(HelpMessage = "In hidden commits too.")]
    public SwitchParameter Force { get; set; }

    private protected override void Process()
    {
        Target = Query;
        var filter = new SearchFilter
        {
            Query = Query,
            Projects = Projects(Project),
            Branches = Branch ?? [],
            Sources = Source ?? [],
            Tools = Tool ?? [],
            Roles = Role ?? [],
            Since = Since,
            Until = Until,
            Visibility = Force ? Visibility.All : Visibility.Shown,
        };
        var store = ExistingStore;
        if (PagingParameters.IncludeTotalCount)
        {
            WriteObject(PagingParameters.NewTotalCount((ulong)(store is null ? 0 : Search.Count(store, filter, StopToken)), 1.0));
        }
        var page = Page.Of(PagingParameters);
        foreach (var hit in store is null ? [] : Search.Find(store, filter, page.Skip, page.First, StopToken))
        {
            WriteObject(hit);
        }
    }
}
