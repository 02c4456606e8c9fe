using System.Management.Automation;

namespace CogCommit.PowerShell.Tests.Engine;

internal static class PSObjectExtensions
{
    /// <summary>A property as a script would read it.</summary>
    public static T Get<T>(this PSObject value, string property)
    {
        var found = value.Properties[property];
        Assert.True(found is not null, $"{value.BaseObject.GetType()} has no property {property}.");
        return (T)LanguagePrimitives.ConvertTo(found.Value, typeof(T), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>The id of an error without the command's name, which PowerShell appends.</summary>
    public static string Id(this ErrorRecord error) => error.FullyQualifiedErrorId.Split(',')[0];
}
