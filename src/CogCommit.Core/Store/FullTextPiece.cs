using Microsoft.Data.Sqlite;

namespace CogCommit.Core.Store;

/// <summary>
/// A piece of the full-text index of turns that is made beside the store, in memory: by another thread, while the store is written. In the store itself only one can write
/// at a time, and to index is a third of what an import does. By one thread at a time. After an exception, dispose it: what it took goes on waiting.
/// </summary>
internal sealed class FullTextPiece : IDisposable
{
    // FTS5 writes out in one what it has gathered: as much as one piece has, or two.
    private const int GatheredBytes = 8 << 20;

    private readonly StoreFile _store;
    private readonly SqliteConnection _connection;

    /// <summary>An empty one.</summary>
    public FullTextPiece(StoreFile store)
    {
        _store = store;
        _connection = StoreErrors.Explained(store.Home.DatabasePath, () => StoreConnection.OrClosed(store.OpenBeside(), Create));
    }

    private static FullTextPart Part => FullTextPart.Turns;

    /// <summary>What a turn's texts are made of: whose words they are says in which column they stand.</summary>
    private static IEnumerable<string> Read => Part.Stored.Append("role");

    /// <summary>Takes what waits now in the store, which is only read, into an empty one; but for the newest turn, to which an import often comes back.</summary>
    /// <exception cref="CogCommitException">The store cannot be read.</exception>
    public void Take()
    {
        Run("begin");
        StoreConnection.CheckVersion(_connection, _store.Home.DatabasePath);
        // What lies in "before" is indexed still, as it was.
        Run($"""
            insert into {Part.Later} select row from store.{Part.Later}
            where row not in (select row from store.{Part.Before}) and row < (select max(row) from store.{Part.Table})
            """);
        Run($"insert into {Part.Table} select row, {string.Join(", ", Read)} from store.{Part.Table} where row in (select row from {Part.Later})");
        Run(FullTextLater.IndexWaiting(Part));
        Run("commit");
    }

    /// <summary>
    /// Gives the store what was taken, in a transaction, and is empty again. Rows that were changed or indexed meanwhile are left out: they go on waiting, or are found already.
    /// </summary>
    /// <returns>How many pages of the store's index are to be merged for that; see <see cref="FullTextSegments.Append"/>.</returns>
    /// <exception cref="CogCommitException">As of <see cref="StoreFile.Write{T}"/>; or the store's index is damaged.</exception>
    public long GiveToStore()
    {
        var pages = _store.WriteBeside(_connection, () =>
        {
            if (!LeaveOutChanged())
            {
                return 0;
            }

            var pages = FullTextSegments.Append(_connection, Part.Index, "main", "store");
            Run($"delete from store.{Part.Later} where row in (select row from {Part.Table})");
            return pages;
        });
        Run($"delete from changed; delete from {Part.Later}; delete from {Part.Table}; insert into {Part.Index} ({Part.Index}) values ('delete-all')");
        return pages;
    }

    /// <returns>Whether there is anything else.</returns>
    private bool LeaveOutChanged()
    {
        var same = string.Join(" and ", Read.Select(name => $"s.{name} is t.{name}"));
        // Who makes the index anew with plain SQL may leave rows to wait that are in it.
        Run($"""
            insert into changed select row from {Part.Table} t
            where not exists (select 1 from store.{Part.Table} s where s.row = t.row and {same})
              or row not in (select row from store.{Part.Later}) or row in (select row from store.{Part.Before}) or row in (select id from store.{Part.Index}_docsize)
            """);
        var (changed, all) = (Count("changed"), Count(Part.Table));
        if (changed > 0 && changed < all)
        {
            Run($"insert into {Part.Index} ({Part.Index}, rowid, {Part.ColumnList}, spaced) select 'delete', * from {Part.Texts} where row in (select row from changed)");
            Run($"delete from {Part.Table} where row in (select row from changed)");
            // What takes a row out of this index would take it out of the store's, which may know it: in one segment nothing of that is left.
            Run($"insert into {Part.Index} ({Part.Index}) values ('optimize')");
            // At a savepoint FTS5 writes out what it has in memory: how many rows and words there are.
            Run("savepoint written; release written");
        }

        return changed < all;
    }

    /// <summary>The index as the store says it is, over a table with what it reads of the store's.</summary>
    private static void Create(SqliteConnection connection)
    {
        // A journal's mode that names no database is one for the store, too.
        StoreConnection.Execute(connection, "pragma main.journal_mode = off; pragma store.synchronous = normal");
        StoreConnection.Execute(connection, $"create table {Part.Table} (row integer primary key, {string.Join(", ", Read)}); create table {Part.Later} (row integer primary key); create table changed (row integer primary key)");
        foreach (var name in new[] { Part.RawTexts, Part.Texts, Part.Index })
        {
            using var command = connection.CreateCommand();
            command.CommandText = "select sql from store.sqlite_master where name = $name";
            StoreConnection.Execute(connection, (string)command.With("$name", name).ExecuteScalar()!);
        }

        StoreConnection.Execute(connection, $"insert into {Part.Index} ({Part.Index}, rank) values ('hashsize', {GatheredBytes}), ('automerge', 0)");
    }

    private void Run(string sql) => StoreErrors.Explained(_store.Home.DatabasePath, () => StoreConnection.Execute(_connection, sql));

    private long Count(string table) => (long)StoreConnection.Scalar(_connection, $"select count(*) from {table}")!;

    public void Dispose() => _connection.Dispose();
}
