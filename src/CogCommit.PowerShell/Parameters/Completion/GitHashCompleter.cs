using CogCommit.Core.Query;

namespace CogCommit.PowerShell.Parameters.Completion;

/// <summary>Completes hashes of git commits, newest first, with their subjects.</summary>
internal sealed class GitHashCompleter : StoreCompletion
{
    protected override IEnumerable<Suggestion> Ask(Completions store, CompletionRequest request) => store.GitHashes(request.Scope);

    protected override string Written(string value, TypedWord word) => word.Quote is null ? value : word.Write(value);
}
