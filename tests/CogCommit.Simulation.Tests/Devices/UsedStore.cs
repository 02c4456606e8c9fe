using System.Collections.Concurrent;
using CogCommit.Core.Store;
using Microsoft.Data.Sqlite;

namespace CogCommit.Simulation.Tests.Devices;

/// <summary>
/// A store that is emptied and used again by the next history. SQLite compiles a connection's statements once: that costs more than a
/// history does, and a seed has to be cheap.
/// </summary>
internal sealed class UsedStore
{
    private static readonly ConcurrentBag<UsedStore> Free = [];
    private static readonly DirectoryInfo Folder = NewFolder();

    private readonly CogCommitHome _home;
    private readonly Dictionary<string, SqliteCommand> _questions = [];
    private SqliteConnection? _reader;
    private string[]? _emptying;

    private UsedStore()
    {
        _home = new CogCommitHome(Folder.CreateSubdirectory(Guid.NewGuid().ToString("N")).FullName);
        EmptyStore.WriteTo(_home);
        Store = Open();
    }

    public StoreFile Store { get; private set; }

    public DeviceClock Clock { get; } = new();

    public CrashPoints Crash { get; } = new();

    public static UsedStore Take(TimeProvider world)
    {
        var taken = Free.TryTake(out var used) ? used : new UsedStore();
        (taken.Clock.World, taken.Clock.Skew) = (world, TimeSpan.Zero);
        return taken;
    }

    /// <summary>Empties it for the next one.</summary>
    public void GiveBack()
    {
        Crash.Reset();
        _emptying ??= Emptying();
        Store.Write(transaction =>
        {
            foreach (var statement in _emptying)
            {
                transaction.Execute(statement);
            }
        });
        Free.Add(this);
    }

    /// <summary>As a new process opens it: nothing is left of memory.</summary>
    public void Reopen()
    {
        Close();
        Crash.Reset();
        Store = Open();
    }

    /// <summary>Asks it something, as an onlooker: by a connection that stays open, and statements that stay compiled.</summary>
    public List<T> Ask<T>(string sql, Func<SqliteDataReader, T> read)
    {
        if (!_questions.TryGetValue(sql, out var question))
        {
            _reader ??= Store.OpenReader();
            question = _reader.CreateCommand();
            question.CommandText = sql;
            _questions.Add(sql, question);
        }

        using var row = question.ExecuteReader();
        List<T> found = [];
        while (row.Read())
        {
            found.Add(read(row));
        }

        return found;
    }

    public byte[] BackUp()
    {
        Close();
        var bytes = File.ReadAllBytes(_home.DatabasePath);
        Store = Open();
        return bytes;
    }

    public void Restore(byte[] backup)
    {
        Close();
        File.WriteAllBytes(_home.DatabasePath, backup);
        Store = Open();
    }

    private void Close()
    {
        foreach (var question in _questions.Values)
        {
            question.Dispose();
        }

        _questions.Clear();
        _reader?.Dispose();
        _reader = null;
        Store.Dispose();
    }

    private StoreFile Open() => StoreFile.Open(_home, Clock, new StoreOptions { BeforeStep = _ => Crash.Reach(), CheckpointBeside = 20, CheckpointMost = 100 });

    private string[] Emptying()
    {
        // The full-text index empties itself by its triggers.
        var tables = Ask(
            """
            select name from sqlite_master
            where type = 'table' and sql not like 'create virtual%' and name not glob '*_index_*' and name not in ('schema_version', 'counters')
            """,
            row => row.GetString(0));
        return [.. tables.Select(table => $"delete from {table}"), "update counters set value = 0"];
    }

    private static DirectoryInfo NewFolder()
    {
        var folder = RamDisk.NewFolder();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Delete(recursive: true);
        return folder;
    }
}
