using System.Management.Automation;
using CogCommit.Core.Query;
using CogCommit.PowerShell.Parameters;
using CogCommit.PowerShell.Parameters.Completion;

namespace CogCommit.PowerShell;

/// <summary>The filters that Get-CogCommit and Export-CogCommit have in common.</summary>
public abstract class CommitFilterCommand : CommitIdCommand
{
    /// <summary>The commits: ids, their first 8 or more characters, or objects that have one.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "The commits: ids, the first 8 or more characters of them, or objects with CommitId or Id.")]
    [Alias("Id")]
    [CommitId]
    [ArgumentCompleter(typeof(CommitIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? CommitId { get; set; }

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

    /// <summary>Commits that reach to this moment or beyond it.</summary>
    [Parameter(HelpMessage = "A date in local time, or how long ago: 12h, 30d, 8w, 6mo, 1y.")]
    [Moment]
    public DateTimeOffset? Since { get; set; }

    /// <summary>Commits that began by this moment.</summary>
    [Parameter(HelpMessage = "A date in local time, or how long ago: 12h, 30d, 8w, 6mo, 1y.")]
    [Moment]
    public DateTimeOffset? Until { get; set; }

    /// <summary>The git commit that closed it, or one made within it.</summary>
    [Parameter(HelpMessage = "A git hash of 7 or more digits, or HEAD or another revision where git is there.")]
    [ArgumentCompleter(typeof(GitHashCompleter))]
    [ValidateNotNullOrEmpty]
    public string? GitHash { get; set; }

    /// <summary>What closed it.</summary>
    [Parameter(HelpMessage = "What closed it: git_commit, session_end or explicit.")]
    [ValidateSet(Wire.GitCommit, Wire.SessionEnd, Wire.Explicit)]
    public string[]? ClosedBy { get; set; }

    /// <summary>The agent.</summary>
    [Parameter(HelpMessage = "The agent: claude_code.")]
    [ValidateSet(Wire.ClaudeCode)]
    public string[]? Source { get; set; }

    /// <summary>How it stands to the cloud.</summary>
    [Parameter(HelpMessage = "How it stands to the cloud: pending, synced, filtered, over_limit, conflict, error or too_large.")]
    [ValidateSet(Wire.Pending, Wire.Synced, Wire.Filtered, Wire.OverLimit, Wire.Conflict, Wire.Error, Wire.TooLarge)]
    public string[]? SyncStatus { get; set; }

    /// <summary>Files that the agent read or changed, wildcards allowed.</summary>
    [Parameter(HelpMessage = "Files that the agent read or changed, relative to the work tree or whole, wildcards allowed.")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(FileCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? File { get; set; }

    /// <summary>Only hidden commits.</summary>
    [Parameter(HelpMessage = "Only hidden commits.")]
    public SwitchParameter Hidden { get; set; }

    /// <summary>Hidden commits too.</summary>
    [Parameter(HelpMessage = "Hidden commits too.")]
    public SwitchParameter Force { get; set; }

    /// <summary>What the parameters ask for; a commit named by its id may be hidden.</summary>
    private protected CommitFilter Filter() => new()
    {
        Projects = Projects(Project),
        Branches = Branch ?? [],
        Files = File ?? [],
        ClosedBy = ClosedBy ?? [],
        Sources = Source ?? [],
        SyncStatuses = SyncStatus ?? [],
        GitHash = GitHash is null ? null : Revision(GitHash),
        Since = Since,
        Until = Until,
        Visibility = Hidden ? Visibility.HiddenOnly : Force || CommitId is not null ? Visibility.All : Visibility.Shown,
    };

    private string Revision(string named)
    {
        var hash = GitRevision.Resolve(named, CurrentFolder);
        if (hash != named)
        {
            WriteVerbose($"{named} is the git commit {hash}.");
        }
        return hash;
    }

    /// <summary>The commits that are meant, newest first; those of ids in the order of the ids.</summary>
    private protected IEnumerable<CognitiveCommit> Commits(CommitFilter filter, long skip = 0, long? first = null)
    {
        if (CommitId is not null)
        {
            return Resolve(CommitId, filter.Visibility == Visibility.DeletedOnly).Where(commit => IsNew(commit.Id)).SelectMany(commit =>
                CommitReader.Read(Store, filter with { CommitIds = [commit.Id] }, ct: StopToken));
        }
        return ExistingStore is { } store ? CommitReader.Read(store, filter, skip, first, StopToken) : [];
    }
}
