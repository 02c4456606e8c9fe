using System.Data.Common;

namespace CogCommit.PowerShell.Tests.Engine;

/// <summary>Does to a store what no cmdlet does, through the SQLite that the module itself has loaded.</summary>
internal static class StoreHand
{
    public static string PathOf(string home) => Path.Combine(home, "global", "data.db");

    /// <summary>Runs a statement; the store is left as if its last user had closed it.</summary>
    public static void Do(string home, string sql)
    {
        using var connection = Open(home);
        Execute(connection, sql);
    }

    /// <summary>An open connection, for what must last. Dispose it.</summary>
    public static DbConnection Open(string home)
    {
        var type = AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.GetType("Microsoft.Data.Sqlite.SqliteConnection")).First(type => type is not null)!;
        var connection = (DbConnection)Activator.CreateInstance(type, $"Data Source={PathOf(home)};Pooling=False")!;
        connection.Open();
        return connection;
    }

    public static void Execute(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
