using System.Globalization;

namespace CogCommit.Core.Store;

/// <summary>The schema's SQL, kept as Schema/&lt;version&gt;.sql.</summary>
internal static class Schema
{
    /// <summary>All tables, empty, and the version noted.</summary>
    public static string Tables(int version) => string.Create(CultureInfo.InvariantCulture,
        $"{Read(string.Create(CultureInfo.InvariantCulture, $"{version}"))}\ninsert into schema_version values ({version});\n");

    /// <summary>The full-text index over <see cref="Tables"/> and its triggers; over tables with rows it must be rebuilt.</summary>
    public static string FullText(int version) => Read(string.Create(CultureInfo.InvariantCulture, $"{version}-fulltext"));

    private static string Read(string file)
    {
        var name = $"Schema/{file}.sql";
        using var stream = typeof(Schema).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly lacks the resource '{name}'.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
