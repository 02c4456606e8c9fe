using System.Reflection;

namespace CogCommit.LocalCloud.Postgres;

/// <summary>The SQL that lies in this assembly, so that a published local cloud needs no source tree.</summary>
internal static class SqlResources
{
    public static string Base => Read("postgres/Base.sql");

    /// <summary>The migrations in their order: version and name as in the file's name, and the text.</summary>
    public static IReadOnlyList<Migration> Migrations { get; } =
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.StartsWith("migrations/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => Migration.Of(name["migrations/".Length..], Read(name))),
    ];

    private static string Read(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
