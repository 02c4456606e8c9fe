using CogCommit.Core.Config;
using CogCommit.Core.Query;

namespace CogCommit.PowerShell.Parameters.Completion;

/// <summary>Completes the names of settings.</summary>
internal sealed class ConfigKeyCompleter : ArgumentCompletion
{
    protected override IEnumerable<Suggestion> Suggest(CompletionRequest request) => Settings.Keys
        .Where(key => request.Word.Matches(key.Name, wildcards: false))
        .Select(key => new Suggestion(key.Name, key.Name, key.Description));
}
