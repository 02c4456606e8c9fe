using CogCommit.Core.Query;

namespace CogCommit.PowerShell.Parameters.Completion;

/// <summary>Completes the name of a project, where a name is taken as it is.</summary>
internal class ProjectNameCompleter : StoreCompletion
{
    protected override IEnumerable<Suggestion> Ask(Completions store, CompletionRequest request) => store.Projects();
}
