using System.Collections;
using System.Data.Common;
using System.Management.Automation;
using System.Management.Automation.Language;
using CogCommit.Core;
using CogCommit.Core.Query;

namespace CogCommit.PowerShell.Parameters.Completion;

/// <summary>What all completers share: quotes, wildcards, and silence where nothing can be known.</summary>
internal abstract class ArgumentCompletion : IArgumentCompleter
{
    private const int Most = 100;

    /// <summary>The parameter takes wildcards: a name that has such characters is written so that it means itself.</summary>
    protected virtual bool TakesWildcards => false;

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var request = new CompletionRequest(commandName, TypedWord.Of(wordToComplete), fakeBoundParameters ?? new Hashtable());
        try
        {
            return Suggest(request).Take(Most).Select(suggestion => Result(suggestion, request.Word)).ToArray();
        }
        catch (Exception error) when (error is CogCommitException or OperationCanceledException or DbException or IOException or UnauthorizedAccessException or FormatException)
        {
            // Between two keys nobody can be told. The command itself will say it.
            return [];
        }
    }

    protected abstract IEnumerable<Suggestion> Suggest(CompletionRequest request);

    /// <summary>The value as it is typed.</summary>
    protected virtual string Written(string value, TypedWord word) => word.Write(TakesWildcards ? WildcardPattern.Escape(value) : value);

    private CompletionResult Result(Suggestion suggestion, TypedWord word) => new(
        Written(suggestion.Value, word), suggestion.Label, CompletionResultType.ParameterValue, suggestion.About);
}
