using System.Diagnostics;
using CogCommit.Core.Store;
using Microsoft.Data.Sqlite;

namespace CogCommit.Bench.Limits;

/// <summary>
/// A bare insert of all rows of a store, and of the same full-text index, into an empty one with the same tables and indexes: prepared
/// statements, values that are there already, no trigger, large transactions. Reading the rows is not counted.
/// </summary>
internal sealed class BareInsert : IDisposable
{
    private const int RowsAtOnce = 500;
    private const int RowsPerTransaction = 10_000;

    // Whoever is pointed to comes first. The index is filled with the texts that the views would make.
    private static readonly (string Into, string From)[] Tables =
    [
        ("cognitive_commits", "cognitive_commits"), ("sessions", "sessions"), ("turns", "turns"), ("transcripts", "transcripts"),
        ("agent_sessions", "agent_sessions"), ("captured_turns", "captured_turns"), ("captured_messages", "captured_messages"),
        ("captured_calls", "captured_calls"), ("captured_records", "captured_records"), ("captured_closings", "captured_closings"),
        ("captured_agents", "captured_agents"), ("captured_commits", "captured_commits"),
        ("commit_index (rowid, title, git_subject, files, spaced)", "commit_texts"),
        ("turn_index (rowid, prompt, answer, tool_input, tool_result, spaced)", "turn_texts"),
    ];

    private readonly StoreFile _source;
    private readonly SqliteConnection _target;

    /// <param name="home">Of the store whose rows they are.</param>
    /// <param name="folder">Empty; the copy comes here.</param>
    public BareInsert(CogCommitHome home, string folder)
    {
        _source = StoreFile.Open(home);
        var copy = new CogCommitHome(folder);
        StoreFile.Open(copy).Dispose();
        _target = new SqliteConnection(StoreConnection.String(copy.DatabasePath, pooled: false));
        StoreConnection.Open(_target, TimeSpan.FromSeconds(10));
        // It waits for the disk as seldom as an import does.
        StoreConnection.Execute(_target, $"pragma wal_autocheckpoint = {StoreOptions.Default.CheckpointMost}");
        foreach (var trigger in Names("trigger"))
        {
            StoreConnection.Execute(_target, $"drop trigger {trigger}");
        }
    }

    /// <summary>How many rows were inserted.</summary>
    public long Rows { get; private set; }

    /// <returns>Seconds of inserting alone, and of closing the copy, when what its log still holds is copied.</returns>
    public double Run()
    {
        var watch = new Stopwatch();
        using var reader = _source.OpenReader();
        foreach (var (into, from) in Tables)
        {
            Copy(reader, into, from, watch);
        }

        watch.Start();
        _target.Close();
        watch.Stop();
        return watch.Elapsed.TotalSeconds;
    }

    public void Dispose()
    {
        _target.Dispose();
        _source.Dispose();
    }

    private void Copy(SqliteConnection source, string into, string from, Stopwatch watch)
    {
        using var read = source.CreateCommand();
        read.CommandText = $"select * from {from}";
        using var rows = read.ExecuteReader();
        using var insert = _target.CreateCommand();
        insert.CommandText = $"insert into {into} values ({string.Join(", ", Enumerable.Range(0, rows.FieldCount).Select(i => $"$p{i}"))})";
        var parameters = Enumerable.Range(0, rows.FieldCount).Select(i => insert.Parameters.Add(new SqliteParameter($"$p{i}", null))).ToArray();
        var batch = new List<object[]>();
        var inserted = 0;
        for (var more = true; more;)
        {
            batch.Clear();
            while (batch.Count < RowsAtOnce && (more = rows.Read()))
            {
                var row = new object[rows.FieldCount];
                rows.GetValues(row);
                batch.Add(row);
            }

            watch.Start();
            if (inserted % RowsPerTransaction == 0)
            {
                StoreConnection.Execute(_target, "begin immediate");
            }

            foreach (var row in batch)
            {
                for (var i = 0; i < row.Length; i++)
                {
                    parameters[i].Value = row[i];
                }

                insert.ExecuteNonQuery();
            }

            inserted += batch.Count;
            if (!more || inserted % RowsPerTransaction == 0)
            {
                StoreConnection.Execute(_target, "commit");
            }

            watch.Stop();
        }

        Rows += inserted;
    }

    private List<string> Names(string type)
    {
        var names = new List<string>();
        using var command = _target.CreateCommand();
        command.CommandText = $"select name from sqlite_master where type = '{type}'";
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            names.Add(rows.GetString(0));
        }

        return names;
    }
}
