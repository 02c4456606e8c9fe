using CogCommit.Core.Query;

namespace CogCommit.PowerShell.Parameters.Completion;

/// <summary>Completes ids of conflicts, those that wait first, with the titles of their commits.</summary>
internal sealed class ConflictIdCompleter : StoreCompletion
{
    protected override IEnumerable<Suggestion> Ask(Completions store, CompletionRequest request) => store.Conflicts();

    protected override bool Fits(Suggestion suggestion, TypedWord word) =>
        base.Fits(suggestion, word) || suggestion.About.Contains(word.Text, StringComparison.OrdinalIgnoreCase);

    protected override string Written(string value, TypedWord word) => word.Quote is null ? value : word.Write(value);
}
