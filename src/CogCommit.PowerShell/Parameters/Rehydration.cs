using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;

namespace CogCommit.PowerShell;

/// <summary>
/// Makes CogCommit's objects again of what remoting, jobs and Import-Clixml carry of them. PowerShell would leave times as bags of numbers,
/// which neither sort nor compare; named for the types in CogCommit.Types.ps1xml.
/// </summary>
public sealed class Rehydration : PSTypeConverter
{
    private const string Shadow = "Deserialized.";

    /// <inheritdoc/>
    public override bool CanConvertFrom(object sourceValue, Type destinationType) =>
        sourceValue is PSObject shadow && shadow.TypeNames.Contains(Shadow + destinationType?.FullName);

    /// <inheritdoc/>
    public override object ConvertFrom(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase)
    {
        var shadow = (PSObject)sourceValue;
        var made = destinationType == typeof(SearchHit)
            ? Activator.CreateInstance(destinationType, $"{shadow.Properties[nameof(SearchHit.Snippet)]?.Value}".Replace('«', SearchHit.MatchStart).Replace('»', SearchHit.MatchEnd))!
            : Activator.CreateInstance(destinationType)!;
        foreach (var property in destinationType.GetProperties().Where(property => property.CanWrite))
        {
            if (shadow.Properties[property.Name]?.Value is { } value)
            {
                property.SetValue(made, Value(value, property));
            }
        }
        return made;
    }

    /// <inheritdoc/>
    public override bool CanConvertTo(object sourceValue, Type destinationType) => false;

    /// <inheritdoc/>
    public override object ConvertTo(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) => throw new NotSupportedException();

    private static object Value(object value, PropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        var plain = value is PSObject wrapped ? wrapped.BaseObject : value;
        if (type == typeof(DateTimeOffset) && plain is not DateTimeOffset)
        {
            return Time(PSObject.AsPSObject(value));
        }
        if (type == typeof(object))
        {
            // The only lists among values of any kind are those of texts.
            return plain is IEnumerable texts and not string ? Texts(texts) : plain;
        }
        if (type == typeof(TextList))
        {
            return Texts((IEnumerable)plain);
        }
        return type.IsGenericType && plain is IEnumerable several
            ? Items(several, type.GetGenericArguments()[0])
            : LanguagePrimitives.ConvertTo(value, type, CultureInfo.InvariantCulture);
    }

    private static DateTimeOffset Time(PSObject shadow) => shadow.Properties["UtcTicks"]?.Value is long ticks
        ? new DateTimeOffset(ticks, TimeSpan.Zero).ToOffset(shadow.Properties["Offset"]?.Value as TimeSpan? ?? TimeSpan.Zero)
        : DateTimeOffset.Parse($"{shadow}", CultureInfo.InvariantCulture);

    private static TextList Texts(IEnumerable texts) => new([.. texts.Cast<object?>().Select(text => $"{text}")]);

    private static Array Items(IEnumerable several, Type of)
    {
        var items = several.Cast<object?>().Select(item => LanguagePrimitives.ConvertTo(item, of, CultureInfo.InvariantCulture)).ToArray();
        var typed = Array.CreateInstance(of, items.Length);
        items.CopyTo(typed, 0);
        return typed;
    }
}
