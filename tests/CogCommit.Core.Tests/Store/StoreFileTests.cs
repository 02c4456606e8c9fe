using CogCommit.Core.Store;
using Microsoft.Data.Sqlite;

namespace CogCommit.Core.Tests.Store;

public sealed class StoreFileTests : IDisposable
{
    private readonly TempHome _temp = new();

    public void Dispose() => _temp.Dispose();

    private static T Scalar<T>(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (T)command.ExecuteScalar()!;
    }

    [Fact]
    public void A_new_store_has_the_schema_in_WAL_with_foreign_keys()
    {
        using var store = StoreFile.Open(_temp.Home);
        using var reader = store.OpenReader();
        Assert.Equal(100, Scalar<long>(reader, "select max(version) from schema_version"));
        Assert.Equal("wal", Scalar<string>(reader, "pragma journal_mode"));
        Assert.Equal(1, Scalar<long>(reader, "pragma foreign_keys"));
    }

    [Fact]
    public void The_native_library_has_the_fixes_that_the_store_needs()
    {
        using var store = StoreFile.Open(_temp.Home);
        using var reader = store.OpenReader();
        // CVE-2025-6965 (3.50.2); checkpoints beside commits (3.51.3: https://sqlite.org/wal.html#walresetbug).
        Assert.True(new Version(Scalar<string>(reader, "select sqlite_version()")) >= new Version(3, 51, 3));
    }

    [Fact]
    public void OpenExisting_creates_nothing()
    {
        Assert.Null(StoreFile.OpenExisting(_temp.Home));
        Assert.False(Directory.Exists(_temp.Home.Root));
    }

    [Fact]
    public void Folder_and_files_are_for_their_owner_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no file modes.");
            return;
        }

        using var store = StoreFile.Open(_temp.Home);
        store.Write(t => t.NextChange());
        var folder = Path.GetDirectoryName(_temp.Home.DatabasePath)!;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        var files = Directory.GetFiles(folder);
        Assert.Contains(files, f => f.EndsWith("-wal", StringComparison.Ordinal));
        foreach (var file in files)
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    [Fact]
    public void A_reader_cannot_write()
    {
        using var store = StoreFile.Open(_temp.Home);
        using var reader = store.OpenReader();
        Assert.Throws<SqliteException>(() => Scalar<object>(reader, "delete from counters returning 1"));
    }

    [Fact]
    public void What_throws_leaves_nothing_and_the_next_write_works()
    {
        using var store = StoreFile.Open(_temp.Home);
        Assert.Throws<FormatException>(() => store.Write(t =>
        {
            t.Execute("insert into machines values ('m', 'lost')");
            t.NextChange();
            throw new FormatException();
        }));
        Assert.Equal(1, store.Write(t => t.NextChange()));
        using var reader = store.OpenReader();
        Assert.Equal(0, Scalar<long>(reader, "select count(*) from machines"));
    }

    [Fact]
    public void A_newer_store_is_refused_with_what_to_do()
    {
        using var store = StoreFile.Open(_temp.Home);
        store.Write(t => t.Execute("insert into schema_version values (101)"));
        foreach (var use in new Action[] { () => store.Write(t => t.NextChange()), () => store.OpenReader(), () => StoreFile.Open(_temp.Home) })
        {
            var error = Assert.Throws<CogCommitException>(use);
            Assert.Equal(ErrorKind.Newer, error.Kind);
            Assert.Contains("Update", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_and_left_alone()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_temp.Home.DatabasePath)!);
        File.WriteAllText(_temp.Home.DatabasePath, new string('x', 5000));
        var error = Assert.Throws<CogCommitException>(() => StoreFile.Open(_temp.Home));
        Assert.Equal(("StoreDamaged", ErrorKind.InvalidData), (error.ErrorId, error.Kind));
        Assert.Equal(5000, new FileInfo(_temp.Home.DatabasePath).Length);
    }

    [Fact]
    public async Task Two_stores_on_one_file_and_many_threads_lose_no_change()
    {
        using var first = StoreFile.Open(_temp.Home);
        using var second = StoreFile.Open(_temp.Home);
        const int Threads = 8, Each = 40;
        using var together = new Barrier(Threads);
        var work = Enumerable.Range(0, Threads).Select(n => Task.Factory.StartNew(() =>
        {
            var store = n % 2 == 0 ? first : second;
            together.SignalAndWait();
            for (var i = 0; i < Each; i++)
            {
                store.Write(t => t.Execute("insert into machines values ($id, 'x')", ("$id", $"{t.NextChange()}")));
                using var reader = store.OpenReader();
                Assert.Equal(1, Scalar<long>(reader, "select (select value from counters) = (select count(*) from machines)"));
            }
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
        await Task.WhenAll(work);
        using var check = first.OpenReader();
        Assert.Equal(Threads * Each, Scalar<long>(check, "select count(*) from machines"));
        Assert.Equal(Threads * Each, Scalar<long>(check, "select value from counters"));
    }

    [Fact]
    public void Somebody_who_never_lets_go_gives_a_clear_error()
    {
        using var store = StoreFile.Open(_temp.Home, null, new StoreOptions { Patience = TimeSpan.FromMilliseconds(30) });
        using var other = StoreFile.Open(_temp.Home);
        var error = other.Write(_ => Assert.Throws<CogCommitException>(() => store.Write(t => t.NextChange())));
        Assert.Equal(("StoreBusy", ErrorKind.Unavailable), (error.ErrorId, error.Kind));
    }

    [Fact]
    public void A_write_within_a_write_is_a_mistake_that_is_told()
    {
        using var store = StoreFile.Open(_temp.Home);
        store.Write(_ => Assert.Throws<InvalidOperationException>(() => store.Write(t => t.NextChange())));
    }

    [Fact]
    public void The_totals_of_a_commit_are_counted_from_its_turns()
    {
        using var store = StoreFile.Open(_temp.Home);
        store.Write(t =>
        {
            t.Execute("insert into cognitive_commits (id, started_at, closed_at, closed_by, updated_at) values ('c', '', '', 'session_end', '')");
            t.Execute("insert into sessions (id, commit_id, is_subagent, started_at, ended_at) values ('s', 'c', 0, '', ''), ('a', 'c', 1, '', '')");
            t.Execute("""
                insert into turns (id, session_id, role, content, timestamp, usage, bytes) values
                ('1', 's', 'user', 'Warmup', '', null, 6), ('2', 's', 'assistant', 'yes', '', '{"input_tokens":3,"output_tokens":4}', 3),
                ('3', 'a', 'user', 'do', '', '{broken', 2)
                """);
            t.RefreshTotals(["c", "c"]);
        });
        using var reader = store.OpenReader();
        Assert.Equal("2 3 1 3 4 11 1", Scalar<string>(reader,
            "select concat_ws(' ', session_count, turn_count, prompt_count, input_tokens, output_tokens, bytes, warmup) from cognitive_commits"));
    }
}
