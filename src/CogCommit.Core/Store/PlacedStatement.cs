using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CogCommit.Core.Store;

/// <summary>
/// A statement without rows that takes its values by their places, by SQLite's own functions. For one with hundreds of values: the library looks for each by its name among all
/// of them, a tenth of what an import takes. Dispose it before the connection.
/// </summary>
internal sealed class PlacedStatement : IDisposable
{
    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _statement;

    public PlacedStatement(SqliteConnection connection, string sql)
    {
        _connection = connection.Handle!;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(_connection, sql, out _statement), _connection);
    }

    /// <param name="place">From 1 on.</param>
    /// <param name="value">As the store holds it, or a time.</param>
    public void Bind(int place, object? value)
    {
        var code = value switch
        {
            null => raw.sqlite3_bind_null(_statement, place),
            string text => raw.sqlite3_bind_text(_statement, place, text),
            long number => raw.sqlite3_bind_int64(_statement, place, number),
            int number => raw.sqlite3_bind_int64(_statement, place, number),
            bool flag => raw.sqlite3_bind_int64(_statement, place, flag ? 1 : 0),
            DateTimeOffset time => raw.sqlite3_bind_text(_statement, place, Timestamps.ToText(time)),
            _ => throw new ArgumentException($"A {value.GetType()} is nothing that the store holds.", nameof(value)),
        };
        SqliteException.ThrowExceptionForRC(code, _connection);
    }

    /// <summary>Runs it with the values that were bound last.</summary>
    /// <exception cref="SqliteException">SQLite refuses.</exception>
    public void Run()
    {
        raw.sqlite3_step(_statement);
        // It says again what the step said.
        SqliteException.ThrowExceptionForRC(raw.sqlite3_reset(_statement), _connection);
    }

    public void Dispose() => _statement.Dispose();
}
