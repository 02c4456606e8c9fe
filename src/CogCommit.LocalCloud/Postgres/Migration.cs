namespace CogCommit.LocalCloud.Postgres;

/// <summary>One file of supabase/migrations. Version: the digits its name begins with, the order, and the key in supabase_migrations.schema_migrations.</summary>
public sealed record Migration(string Version, string Name, string Sql)
{
    internal static Migration Of(string fileName, string sql)
    {
        var cut = fileName.IndexOf('_', StringComparison.Ordinal);
        return new Migration(fileName[..cut], Path.GetFileNameWithoutExtension(fileName)[(cut + 1)..], sql);
    }
}
