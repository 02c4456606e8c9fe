using System.Collections;
using System.Management.Automation;

namespace CogCommit.PowerShell.Parameters;

/// <summary>Takes the id of a conflict from a text, or from what Get-CogCommitConflict gives.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ConflictIdAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object? inputData) => IdsOf(inputData).ToArray();

    private static IEnumerable<string> IdsOf(object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
    {
        string id => [id],
        Guid id => [id.ToString()],
        CommitConflict conflict => [conflict.Id],
        IEnumerable several => several.Cast<object?>().SelectMany(IdsOf),
        // A prefix of digits alone, typed without quotes, arrives as a number that remembers how it was written.
        int or long or decimal or double => [LanguagePrimitives.ConvertTo<string>(value)],
        // As Import-Clixml or a CSV gives it: a commit has an Id as well, but no CommitId beside it.
        not null when PSObject.AsPSObject(value).Properties is { } properties && properties["CommitId"] is not null && properties["Id"]?.Value is string id => [id],
        _ => throw new ArgumentTransformationMetadataException(
            $"The id of a conflict is a text, or what Get-CogCommitConflict gives. This is neither: '{value}'. For the conflicts of a commit give -CommitId."),
    };
}
