using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using CogCommit.Core.Config;

namespace CogCommit.PowerShell;

/// <summary>Completes the names of settings.</summary>
public sealed class ConfigKeyCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Settings.Keys
            .Where(key => key.Name.StartsWith(wordToComplete.Trim('\'', '"'), StringComparison.OrdinalIgnoreCase))
            .Select(key => new CompletionResult(key.Name, key.Name, CompletionResultType.ParameterValue, key.Description))
            .ToArray();
}
