using CogCommit.Core.Query;

namespace CogCommit.PowerShell.Parameters.Completion;

/// <summary>Completes names of tools that the newest turns call; those of -CommitId or -Project where it is given.</summary>
internal sealed class ToolCompleter : StoreCompletion
{
    protected override bool TakesWildcards => true;

    protected override IEnumerable<Suggestion> Ask(Completions store, CompletionRequest request) => store.Tools(request.Scope);
}
