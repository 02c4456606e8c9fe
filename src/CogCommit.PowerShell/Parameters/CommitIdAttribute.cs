using System.Collections;
using System.Management.Automation;

namespace CogCommit.PowerShell.Parameters;

/// <summary>Takes the id of a commit from whatever has one: a text, a Guid, or an object with CommitId, else Id.</summary>
/// <param name="instead">An object with one of these properties need have no commit: another parameter takes it by that name.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class CommitIdAttribute(params string[] instead) : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object? inputData) => IdsOf(inputData).ToArray();

    private IEnumerable<string> IdsOf(object? value)
    {
        if (AsText(value) is { } id)
        {
            return [id];
        }
        switch (value is PSObject wrapped ? wrapped.BaseObject : value)
        {
            case null:
                throw new ArgumentTransformationMetadataException("The id of a commit is missing: it is $null.");
            case IDictionary named:
                return [Checked(named["CommitId"] ?? named["Id"], value)];
            case IEnumerable several:
                return several.Cast<object?>().SelectMany(IdsOf);
        }
        // A turn and a search hit have a CommitId; only a commit is known by its Id.
        var properties = PSObject.AsPSObject(value).Properties;
        return (properties["CommitId"] ?? properties["Id"]) is null && instead.Any(name => properties[name] is not null)
            ? []
            : [Checked((properties["CommitId"] ?? properties["Id"])?.Value, value)];
    }

    private static string Checked(object? id, object? of) => AsText(id) ?? throw new ArgumentTransformationMetadataException(
        $"The id of a commit is a text, a Guid, or an object with CommitId or Id. This is neither: '{of}'.");

    /// <summary>A prefix of digits alone, typed without quotes, arrives as a number that remembers how it was written.</summary>
    private static string? AsText(object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
    {
        string text => text,
        Guid id => id.ToString(),
        int or long or decimal or double or System.Numerics.BigInteger => LanguagePrimitives.ConvertTo<string>(value),
        _ => null,
    };
}
