using Microsoft.Data.Sqlite;

namespace CogCommit.Core.Store;

/// <summary>The full text of the store, made anew from the rows: the triggers keep it right, but a damaged disk or another program may not.</summary>
public static class FullTextIndex
{
    // Texts are large: so many at once keep a stop and the progress within a moment.
    private const int Rows = 200;

    /// <summary>
    /// In one transaction: who searches meanwhile finds what was there before, and writers wait. Between two of them the triggers would take rows
    /// out of the index that are not in it yet.
    /// </summary>
    /// <returns>How many commits and turns are in it.</returns>
    /// <exception cref="OperationCanceledException">Stopped; the index is as it was.</exception>
    public static long Rebuild(StoreFile store, IProgress<IndexProgress>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.Write(transaction =>
        {
            var total = FullTextPart.All.Sum(part => Number(transaction.Prepare($"select count(*) from {part.Table}")));
            long done = 0;
            FullTextLater.Forget(transaction);
            foreach (var part in FullTextPart.All)
            {
                transaction.Execute($"insert into {part.Index} ({part.Index}) values ('delete-all')");
                for (long last = 0; Next(transaction, part.Table, last) is { } next; last = next)
                {
                    cancellation.ThrowIfCancellationRequested();
                    done += transaction.Execute(
                        $"insert into {part.Index} (rowid, {part.ColumnList}, spaced) select * from {part.Texts} where row > $last and row <= $next", ("$last", last), ("$next", next));
                    progress?.Report(new IndexProgress(done, total));
                }
            }

            return done;
        });
    }

    private static long? Next(WriteTransaction transaction, string table, long last) => transaction
        .Prepare($"select max(row) from (select row from {table} where row > $last order by row limit {Rows})").With("$last", last).ExecuteScalar() as long?;

    private static long Number(SqliteCommand command) => (long)command.ExecuteScalar()!;
}
