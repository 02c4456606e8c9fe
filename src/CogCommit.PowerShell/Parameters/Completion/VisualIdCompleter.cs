using CogCommit.Core.Query;

namespace CogCommit.PowerShell.Parameters.Completion;

/// <summary>Completes ids of visuals, newest first, from the beginning of the id or from a part of the caption; those of -CommitId where it is given.</summary>
internal sealed class VisualIdCompleter : StoreCompletion
{
    protected override IEnumerable<Suggestion> Ask(Completions store, CompletionRequest request) => store.Visuals(request.Scope, request.Word.Text);

    protected override bool Fits(Suggestion suggestion, TypedWord word) =>
        base.Fits(suggestion, word) || suggestion.About.Contains(word.Text, StringComparison.OrdinalIgnoreCase);

    protected override string Written(string value, TypedWord word) => word.Quote is null ? value : word.Write(value);
}
