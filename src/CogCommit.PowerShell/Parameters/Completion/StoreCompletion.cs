using CogCommit.Core.Query;
using CogCommit.Core.Store;

namespace CogCommit.PowerShell.Parameters.Completion;

/// <summary>What the store knows of names. Those that fit the word are offered, unless the store itself has looked at it.</summary>
internal abstract class StoreCompletion : ArgumentCompletion
{
    // A question takes a few milliseconds; this is for a disk that has gone away.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    protected sealed override IEnumerable<Suggestion> Suggest(CompletionRequest request)
    {
        using var store = Completions.Open(CogCommitHome.FromEnvironment(), Patience);
        if (store is null)
        {
            yield break;
        }
        foreach (var suggestion in Ask(store, request).Where(suggestion => Fits(suggestion, request.Word)))
        {
            yield return suggestion;
        }
    }

    protected abstract IEnumerable<Suggestion> Ask(Completions store, CompletionRequest request);

    protected virtual bool Fits(Suggestion suggestion, TypedWord word) => word.Matches(suggestion.Value, TakesWildcards);
}
