using System.Globalization;

namespace CogCommit.Core.Store;

/// <summary>The schema's SQL, kept as Schema/&lt;version&gt;.sql.</summary>
internal static class Schema
{
    public static string Of(int version)
    {
        var name = $"Schema/{version.ToString(CultureInfo.InvariantCulture)}.sql";
        using var stream = typeof(Schema).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly lacks the resource '{name}'.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd()
            + $"\ninsert into schema_version values ({version.ToString(CultureInfo.InvariantCulture)});\n";
    }
}
