using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using CogCommit.Core.Health;

namespace CogCommit.PowerShell;

/// <summary>Completes the names of checks.</summary>
public sealed class HealthCheckCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        HealthChecks.Names
            .Where(check => check.Name.StartsWith(wordToComplete.Trim('\'', '"'), StringComparison.OrdinalIgnoreCase))
            .Select(check => new CompletionResult(check.Name, check.Name, CompletionResultType.ParameterValue, check.Description))
            .ToArray();
}
