using System.Runtime.InteropServices;
using CogCommit.Core.Store;
using Microsoft.Data.Sqlite;

namespace CogCommit.Core.Tests.Store;

public sealed class StatementRowTests : IDisposable
{
    private readonly TempStore _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void Gives_what_SQLite_holds()
    {
        using var connection = _temp.Store.OpenReader();
        using var command = Command(connection, "select 'aé😀', null, '', 9007199254740993, null, 'x', 7, '[\"a\"]', '2026-11-24T10:00:00.5Z', ''");
        using var reader = command.ExecuteReader();
        Assert.True(reader.Read());
        using var row = new StatementRow(reader.Handle!);
        Assert.Equal("aé😀", row.Text(0));
        Assert.Null(row.TextOrNull(1));
        Assert.Equal("", row.Text(2));
        Assert.Equal(9007199254740993, row.Number(3));
        Assert.Equal(0, row.Number(4));
        // What a store of the original may hold in the wrong column is read as SQLite turns it.
        Assert.Equal(0, row.Number(5));
        Assert.Equal("7", row.Text(6));
        Assert.Equal(["a"], row.List(7));
        Assert.Equal(new DateTimeOffset(2026, 11, 24, 10, 0, 0, 500, TimeSpan.Zero), row.Time(8));
        Assert.Null(row.TimeOrNull(9));
    }

    /// <summary>A mutex that was kept would stop the next thread that gets the connection, for ever and in native code.</summary>
    [Theory]
    [InlineData("select 'a'", null)]
    [InlineData("select null", typeof(InvalidOperationException))]
    public void Once_it_is_disposed_of_another_thread_may_use_the_connection(string sql, Type? fault)
    {
        using var connection = _temp.Store.OpenReader();
        using var command = Command(connection, sql);
        using var reader = command.ExecuteReader();
        Assert.True(reader.Read());
        Assert.Equal(fault, Record.Exception(() => Text(reader))?.GetType());

        var mutex = ColumnNative.Mutex(connection.Handle!.DangerousGetHandle());
        var free = false;
        var other = new Thread(() =>
        {
            free = MutexTry(mutex) == SQLitePCL.raw.SQLITE_OK;
            if (free)
            {
                ColumnNative.Leave(mutex);
            }
        });
        other.Start();
        other.Join();
        Assert.True(free);
    }

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_mutex_try")]
    private static extern int MutexTry(nint mutex);

    private static string Text(SqliteDataReader reader)
    {
        using var row = new StatementRow(reader.Handle!);
        return row.Text(0);
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }
}
