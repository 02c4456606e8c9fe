using CogCommit.Core.Store;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CogCommit.Core.Query;

/// <summary>The rows of one statement, one at a time, from one view of the store.</summary>
internal static class Rows
{
    public static IEnumerable<T> Stream<T>(
        StoreFile store, string sql, IEnumerable<(string Name, object? Value)> parameters, Func<SqliteDataReader, T> map, CancellationToken ct = default)
    {
        using var connection = store.OpenReader();
        foreach (var row in Stream(store, connection, sql, parameters, map, ct))
        {
            yield return row;
        }
    }

    /// <summary>As above, on a connection of the caller's.</summary>
    public static IEnumerable<T> Stream<T>(
        StoreFile store, SqliteConnection connection, string sql, IEnumerable<(string Name, object? Value)> parameters, Func<SqliteDataReader, T> map,
        CancellationToken ct = default)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.With([.. parameters]);
        foreach (var row in Stream(store, command, map, ct))
        {
            yield return row;
        }
    }

    /// <summary>As above, by a prepared command of the caller's.</summary>
    public static IEnumerable<T> Stream<T>(StoreFile store, SqliteCommand command, Func<SqliteDataReader, T> map, CancellationToken ct = default)
    {
        var connection = command.Connection!;
        // Cancelling stops SQLite between two rows as well as within a long search for the next one.
        using var stop = ct.Register(() => raw.sqlite3_interrupt(connection.Handle));
        using var reader = Guarded(store, command.ExecuteReader, ct);
        Func<(bool More, T Row)> next = () => reader.Read() ? (true, map(reader)) : (false, default!);
        while (true)
        {
            ct.ThrowIfCancellationRequested();
            var (more, row) = Guarded(store, next, ct);
            if (!more)
            {
                yield break;
            }

            yield return row;
        }
    }

    private static T Guarded<T>(StoreFile store, Func<T> step, CancellationToken ct)
    {
        try
        {
            return StoreErrors.Explained(store.Home.DatabasePath, step);
        }
        catch (SqliteException error) when (error.SqliteErrorCode == raw.SQLITE_INTERRUPT)
        {
            throw new OperationCanceledException("The query was stopped.", error, ct);
        }
    }
}
