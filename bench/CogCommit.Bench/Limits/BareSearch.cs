using CogCommit.Core.Query;
using CogCommit.Core.Store;
using Microsoft.Data.Sqlite;

namespace CogCommit.Bench.Limits;

/// <summary>What FTS5 itself does with a query: the best rows by its own rank.</summary>
internal sealed class BareSearch : IDisposable
{
    private readonly SqliteConnection _reader;
    private readonly SqliteCommand _command;

    public BareSearch(StoreFile store, int first)
    {
        _reader = store.OpenReader();
        _command = _reader.CreateCommand();
        _command.CommandText = $"select rowid from turn_index where turn_index match $match order by rank limit {first}";
        _command.Parameters.Add(new SqliteParameter("$match", null));
    }

    public int Find(string query)
    {
        _command.Parameters[0].Value = SearchQuery.ToFts5(query);
        using var rows = _command.ExecuteReader();
        var found = 0;
        while (rows.Read())
        {
            found++;
        }

        return found;
    }

    public void Dispose()
    {
        _command.Dispose();
        _reader.Dispose();
    }
}
