using System.Management.Automation;
using CogCommit.PowerShell.Tests.Engine;

namespace CogCommit.PowerShell.Tests.Completion;

/// <summary>What the engine offers behind a line as a user has typed it.</summary>
internal static class Typing
{
    public static IReadOnlyList<CompletionResult> Complete(this BareEngine engine, string line) =>
        [.. engine.Run("$line = $args[0]; (TabExpansion2 $line $line.Length).CompletionMatches", line).Fine().Output
            .Select(match => (CompletionResult)match.BaseObject)
            // Where a completer has nothing, PowerShell itself offers the files of the folder.
            .Where(match => match.ResultType is not (CompletionResultType.ProviderItem or CompletionResultType.ProviderContainer))];

    public static IEnumerable<string> Texts(this BareEngine engine, string line) => engine.Complete(line).Select(match => match.CompletionText);
}
