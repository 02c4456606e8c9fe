using System.Collections;
using System.Management.Automation;
using CogCommit.Core.Query;

namespace CogCommit.PowerShell.Parameters.Completion;

/// <summary>What is completed, and what else stands on the line.</summary>
/// <param name="Command">The cmdlet's name.</param>
/// <param name="Word">At the cursor.</param>
/// <param name="Bound">The other parameters, as far as their values are known.</param>
internal sealed record CompletionRequest(string Command, TypedWord Word, IDictionary Bound)
{
    /// <summary>What the other parameters leave of the history.</summary>
    internal CompletionScope Scope => new()
    {
        // The project of the current location is not known here.
        Projects = [.. Texts("Project").Where(name => name != ".")],
        Branches = [.. Texts("Branch")],
        CommitIds = [.. Texts("CommitId", "Id").Where(id => id.Length >= 8)],
        Visibility = Has("Deleted") || Command.StartsWith("Restore-", StringComparison.OrdinalIgnoreCase) ? Visibility.DeletedOnly
            : Has("Force") || Has("Hidden") ? Visibility.All
            : Visibility.Shown,
        InConflict = Command.EndsWith("Conflict", StringComparison.OrdinalIgnoreCase),
    };

    internal bool Has(string parameter) => Bound.Contains(parameter);

    internal IEnumerable<string> Texts(params string[] names) => names.Where(Has).SelectMany(name => TextsOf(Bound[name]));

    private static IEnumerable<string> TextsOf(object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
    {
        null => [],
        string text => [text],
        IEnumerable several => several.Cast<object?>().SelectMany(TextsOf),
        var other => [LanguagePrimitives.ConvertTo<string>(other)],
    };
}
