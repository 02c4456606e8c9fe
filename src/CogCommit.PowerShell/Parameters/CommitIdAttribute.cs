using System.Collections;
using System.Management.Automation;

namespace CogCommit.PowerShell.Parameters;

/// <summary>Takes the id of a commit from whatever has one: a text, a Guid, or an object with CommitId, else Id.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class CommitIdAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object? inputData) => IdsOf(inputData).ToArray();

    private static IEnumerable<string> IdsOf(object? value)
    {
        switch (value is PSObject wrapped ? wrapped.BaseObject : value)
        {
            case null:
                throw new ArgumentTransformationMetadataException("The id of a commit is missing: it is $null.");
            case string text:
                return [text];
            case Guid id:
                return [id.ToString()];
            case IDictionary named when (named["CommitId"] ?? named["Id"]) is { } id:
                return IdsOf(id);
            case IEnumerable several and not IDictionary:
                return several.Cast<object?>().SelectMany(IdsOf);
        }
        var properties = PSObject.AsPSObject(value).Properties;
        // A turn and a search hit have a CommitId; only a commit is known by its Id.
        var found = properties["CommitId"] ?? properties["Id"]
            ?? throw new ArgumentTransformationMetadataException($"The id of a commit is a text, a Guid, or an object with CommitId or Id. This is neither: '{value}'.");
        return found.Value is string or Guid
            ? IdsOf(found.Value)
            : throw new ArgumentTransformationMetadataException($"'{found.Value}' is no id of a commit.");
    }
}
