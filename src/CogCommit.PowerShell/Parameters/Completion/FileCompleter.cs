using CogCommit.Core.Query;

namespace CogCommit.PowerShell.Parameters.Completion;

/// <summary>Completes files that the newest commits touched, from the beginning of the path or of the file's name.</summary>
internal sealed class FileCompleter : StoreCompletion
{
    protected override bool TakesWildcards => true;

    protected override IEnumerable<Suggestion> Ask(Completions store, CompletionRequest request) => store.Files(request.Scope);

    protected override bool Fits(Suggestion suggestion, TypedWord word)
    {
        var typed = word with { Text = word.Text.Replace('\\', '/') };
        return typed.Matches(suggestion.Value, TakesWildcards) || typed.Matches(suggestion.Value[(suggestion.Value.LastIndexOf('/') + 1)..], TakesWildcards);
    }
}
