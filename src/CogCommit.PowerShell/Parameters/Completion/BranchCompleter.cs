using CogCommit.Core.Query;

namespace CogCommit.PowerShell.Parameters.Completion;

/// <summary>Completes git branches, the one worked on last first; those of -Project where it is given.</summary>
internal sealed class BranchCompleter : StoreCompletion
{
    protected override bool TakesWildcards => true;

    protected override IEnumerable<Suggestion> Ask(Completions store, CompletionRequest request) => store.Branches(request.Scope with { Branches = [] });
}
