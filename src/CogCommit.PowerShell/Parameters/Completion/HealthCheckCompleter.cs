using CogCommit.Core.Health;
using CogCommit.Core.Query;

namespace CogCommit.PowerShell.Parameters.Completion;

/// <summary>Completes the names of checks.</summary>
internal sealed class HealthCheckCompleter : ArgumentCompletion
{
    protected override bool TakesWildcards => true;

    protected override IEnumerable<Suggestion> Suggest(CompletionRequest request) => HealthChecks.Names
        .Where(check => request.Word.Matches(check.Name, TakesWildcards))
        .Select(check => new Suggestion(check.Name, check.Name, check.Description));
}
