using System.Collections;
using System.Management.Automation;

namespace CogCommit.PowerShell.Parameters;

/// <summary>
/// Takes an id from a text, a Guid, or an object that has it in the property of that name. What is empty is no id: in a row of a CSV a
/// hit in a commit's title has an empty session.
/// </summary>
/// <param name="property">The property's name.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ObjectIdAttribute(string property) : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        IdsOf(inputData).Where(id => !string.IsNullOrWhiteSpace(id)).ToArray();

    private IEnumerable<string> IdsOf(object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
    {
        null => [],
        string text => [text],
        Guid id => [id.ToString()],
        // A prefix of digits alone, typed without quotes, arrives as a number that remembers how it was written.
        int or long or decimal or double or System.Numerics.BigInteger => [LanguagePrimitives.ConvertTo<string>(value)],
        IDictionary named => IdsOf(named[property] ?? throw Missing(value)),
        IEnumerable several => several.Cast<object?>().SelectMany(IdsOf),
        _ => IdsOf((PSObject.AsPSObject(value).Properties[property] ?? throw Missing(value)).Value),
    };

    private ArgumentTransformationMetadataException Missing(object? of) => new($"An id is a text, a Guid, or an object with {property}. This is neither: '{of}'.");
}
