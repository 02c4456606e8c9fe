using CogCommit.Core.Query;

namespace CogCommit.PowerShell.Parameters.Completion;

/// <summary>Completes ids of sessions, newest first, from the beginning of the id or of the agent's own; those of -CommitId where it is given.</summary>
internal sealed class SessionIdCompleter : StoreCompletion
{
    protected override IEnumerable<Suggestion> Ask(Completions store, CompletionRequest request) => store.Sessions(request.Scope, request.Word.Text);

    protected override bool Fits(Suggestion suggestion, TypedWord word) => true;

    protected override string Written(string value, TypedWord word) => word.Quote is null ? value : word.Write(value);
}
