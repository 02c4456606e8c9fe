using CogCommit.Core.Query;

namespace CogCommit.PowerShell.Parameters.Completion;

/// <summary>Completes ids of commits, newest first, from the beginning of the id or from a part of the title.</summary>
internal sealed class CommitIdCompleter : StoreCompletion
{
    protected override IEnumerable<Suggestion> Ask(Completions store, CompletionRequest request)
    {
        var commits = store.Commits(request.Scope with { CommitIds = [] }, request.Word.Text);
        // To bring back what was removed from this machine is what one names a commit for there.
        return request.Command.StartsWith("Receive-", StringComparison.OrdinalIgnoreCase)
            ? store.Pruned().Where(removed => base.Fits(removed, request.Word)).Concat(commits)
            : commits;
    }

    protected override bool Fits(Suggestion suggestion, TypedWord word) => true;

    /// <summary>An id is one word; quotes only where some were begun.</summary>
    protected override string Written(string value, TypedWord word) => word.Quote is null ? value : word.Write(value);
}
