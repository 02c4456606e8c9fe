using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace CogCommit.PowerShell.Formatting;

/// <summary>The properties of an object of ours, or of what Import-Clixml and remoting make of one: then lists, times and numbers are still there, types are not.</summary>
internal sealed class ShownObject(PSObject source)
{
    public string? Text(string property) => Value(property)?.ToString();

    public int Count(string property) => (int)Number(property);

    public long Number(string property) => MaybeNumber(property) ?? 0;

    public long? MaybeNumber(string property) => Value(property) is { } value ? Convert.ToInt64(value, CultureInfo.InvariantCulture) : null;

    public double Real(string property) => Value(property) is { } value ? Convert.ToDouble(value, CultureInfo.InvariantCulture) : 0;

    /// <summary>A length of time, or null. Deeper down Clixml makes text of it.</summary>
    public TimeSpan? Length(string property) => Value(property) switch
    {
        TimeSpan length => length,
        string text => TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var length) ? length : null,
        _ => null,
    };

    public bool Flag(string property) => Value(property) is true;

    /// <summary>The moment, or null. Clixml makes of a DateTimeOffset its properties, and deeper down its text.</summary>
    public DateTimeOffset? Moment(string property) => Value(property) switch
    {
        null => null,
        DateTimeOffset moment => moment,
        DateTime moment => moment,
        string text => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : null,
        var properties => PSObject.AsPSObject(properties).Properties["UtcDateTime"]?.Value is DateTime moment ? moment : null,
    };

    /// <summary>A search hit's text with its marks. What came as properties alone has them as people read them.</summary>
    public string? Marked() => source.BaseObject is SearchHit hit
        ? hit.MarkedSnippet()
        : Text(nameof(SearchHit.Snippet))?.Replace('«', SearchHit.MatchStart).Replace('»', SearchHit.MatchEnd);

    public ShownObject? One(string property) => Value(property) is { } value ? new ShownObject(PSObject.AsPSObject(value)) : null;

    public IReadOnlyList<ShownObject> Many(string property) => [.. Items(property).Select(item => new ShownObject(PSObject.AsPSObject(item)))];

    public IReadOnlyList<string> Texts(string property) => [.. Items(property).Select(item => item.ToString() ?? "")];

    /// <summary>The object's own text, as it was when it was made.</summary>
    public override string ToString() => source.ToString();

    // Without PowerShell's wrapping, but for what has nothing in it: an object that is properties alone.
    private object? Value(string property) => source.Properties[property]?.Value switch
    {
        PSObject { BaseObject: PSCustomObject } properties => properties,
        PSObject wrapped => wrapped.BaseObject,
        var value => value,
    };

    private IEnumerable<object> Items(string property) => Value(property) switch
    {
        null => [],
        string text => [text],
        IEnumerable items => items.Cast<object?>().OfType<object>(),
        var single => [single],
    };
}
