using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CogCommit.Core.Store;

/// <summary>
/// When what the log holds is copied into the store (a checkpoint: https://sqlite.org/wal.html#ckpt): on a thread of its own, since it waits
/// for the disk, and whoever writes need not. Called by one thread at a time. That others commit meanwhile is safe since SQLite 3.51.3
/// (https://sqlite.org/wal.html#walresetbug).
/// </summary>
/// <param name="open">A connection to the store.</param>
/// <param name="beside">In frames of 4 KB: so many more than were copied, and a checkpoint begins while writing goes on.</param>
/// <param name="most">So many, and the writer waits for one: the log begins anew only where all of it was copied before somebody writes again.</param>
internal sealed class Checkpoints(Func<SqliteConnection> open, int beside, int most)
{
    private Task _running = Task.CompletedTask;
    private volatile int _copied;

    /// <summary>Told after each transaction how many frames the log has now; 0: it wrote nothing.</summary>
    public void After(int frames)
    {
        if (frames == 0)
        {
            return;
        }

        if (frames < _copied)
        {
            // It began anew.
            _copied = 0;
        }

        if (frames >= most)
        {
            Wait();
            Run();
        }
        else if (frames - _copied >= beside && _running.IsCompleted)
        {
            // A thread that is its own: it waits for the disk most of the time.
            _running = Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
    }

    /// <summary>Waits for the one that is under way.</summary>
    public void Wait() => _running.GetAwaiter().GetResult();

    private void Run()
    {
        try
        {
            using var connection = open();
            // Passive: nobody waits for it, and it for nobody. By SQLite itself, since the library would try again and again.
            if (raw.sqlite3_wal_checkpoint_v2(connection.Handle, "main", raw.SQLITE_CHECKPOINT_PASSIVE, out _, out var copied) == raw.SQLITE_OK)
            {
                _copied = copied;
            }
        }
        catch (Exception fault) when (fault is SqliteException or CogCommitException)
        {
            // What is in the log is in the store. As where SQLite refuses, the next one copies it, or the last connection that closes.
        }
    }
}
