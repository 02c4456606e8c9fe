using Microsoft.Data.Sqlite;

namespace CogCommit.Core.Store;

/// <summary>A transaction of <see cref="StoreFile.Write{T}"/>. Use it only inside of it.</summary>
public sealed class WriteTransaction
{
    private readonly PreparedConnection _prepared;
    private readonly TimeProvider _clock;
    private long? _lastChange;
    private bool _indexesLater;
    private bool _leavesIndex;

    internal WriteTransaction(PreparedConnection prepared, TimeProvider clock)
    {
        _clock = clock;
        _prepared = prepared;
    }

    public SqliteConnection Connection => _prepared.Connection;

    /// <summary>The next change_seq: give it to the row that is changed.</summary>
    public long NextChange()
    {
        _lastChange ??= (long)Prepare("select value from counters where name = 'change_seq'").ExecuteScalar()!;
        _lastChange++;
        return _lastChange.Value;
    }

    /// <summary>
    /// A command for this text, kept for the next time, with the parameters it then had: give all of them a value again. Read its rows to
    /// the end, or dispose the reader, before preparing the same text again.
    /// </summary>
    public SqliteCommand Prepare(string sql) => _prepared.Prepare(sql);

    /// <summary>As <see cref="Prepare"/>, of a statement without rows that takes its values by their places.</summary>
    internal PlacedStatement PrepareByPlace(string sql) => _prepared.PrepareByPlace(sql);

    /// <summary>Runs a prepared statement; a null becomes NULL. Returns how many rows it changed.</summary>
    public int Execute(string sql, params (string Name, object? Value)[] parameters) =>
        Prepare(sql).With(parameters).ExecuteNonQuery();

    /// <summary>
    /// What the work wrote is undone when it throws, and the rest of the transaction stays. Not where SQLite itself refuses (a full disk):
    /// it may have ended the transaction already, so its error is left as it is, and ends the whole.
    /// </summary>
    internal T Nested<T>(Func<T> work)
    {
        Execute("savepoint nested");
        try
        {
            var result = work();
            Execute("release nested");
            return result;
        }
        catch (Exception e) when (e is not SqliteException)
        {
            Execute("rollback to nested");
            Execute("release nested");
            throw;
        }
    }

    /// <summary>Counts again what a commit says about its turns. Call it for every commit whose sessions or turns were written.</summary>
    public void RefreshTotals(IEnumerable<string> commitIds) => CommitTotals.Refresh(this, commitIds);

    /// <summary>
    /// For a transaction that writes many rows: full text follows at its end, at once, with what others left to wait. Until then searches miss them.
    /// </summary>
    internal void IndexLater()
    {
        if (!_indexesLater)
        {
            _indexesLater = true;
            FullTextLater.Begin(this);
        }
    }

    /// <summary>
    /// For one of many that index later: its rows go on waiting behind its end, and whatever others write meanwhile. Who says this sees to it
    /// that <see cref="StoreFile.IndexWhatWaits"/> follows.
    /// </summary>
    internal void LeaveIndex() => _leavesIndex = true;

    /// <summary>How much text of turns was written, in bytes: what full text will have to read.</summary>
    internal long TextBytes { get; set; }

    internal void Finish()
    {
        if (_indexesLater && _leavesIndex)
        {
            FullTextLater.Leave(this);
        }
        else if (_indexesLater)
        {
            FullTextLater.Finish(this);
        }

        if (_lastChange is { } last)
        {
            Execute("update counters set value = $value where name = 'change_seq'", ("$value", last));
            // Only for who syncs: else they would become more and more.
            Execute("insert or replace into changes (seq, changed_at) select $seq, $now where exists (select 1 from sync_state)",
                ("$seq", last), ("$now", Timestamps.ToText(_clock.GetUtcNow())));
        }
    }
}
