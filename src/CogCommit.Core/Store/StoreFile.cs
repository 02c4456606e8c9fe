using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CogCommit.Core.Store;

/// <summary>
/// The store of one installation: many readers, one writer at a time, from several processes. Dispose it when done; connections of
/// readers that are still open stay usable until they are disposed.
/// </summary>
public sealed class StoreFile : IDisposable
{
    // SQLITE_CONFIG_MEMSTATUS: https://sqlite.org/c3ref/c_config_covering_index_scan.html
    private const int ConfigMemoryStatus = 9;

    private readonly StoreOptions _options;
    private readonly string _readerString;
    private readonly object _writing = new();
    private readonly Checkpoints _checkpoints;
    private PreparedConnection? _writer;
    private WriteTransaction? _current;
    private readonly bool _unchanged;
    private bool _disposed;

    static StoreFile()
    {
        SQLitePCL.Batteries_V2.Init();
        // SQLite counts its memory under one lock of the process, for which connections of several threads wait. Refused, and no matter, where somebody uses SQLite already.
        raw.sqlite3_config(ConfigMemoryStatus, 0);
    }

    private StoreFile(CogCommitHome home, TimeProvider clock, StoreOptions options, bool unchanged = false)
    {
        _unchanged = unchanged;
        Home = home;
        Clock = clock;
        _options = options;
        _readerString = StoreConnection.String(home.DatabasePath, pooled: true);
        _checkpoints = new Checkpoints(OpenReader, options.CheckpointBeside, options.CheckpointMost);
    }

    public CogCommitHome Home { get; }

    public TimeProvider Clock { get; }

    /// <summary>Opens the store; creates it where none is, upgrades one of the original command line.</summary>
    /// <exception cref="CogCommitException">It cannot be opened, or a newer version wrote it.</exception>
    public static StoreFile Open(CogCommitHome home, TimeProvider? clock = null) => Open(home, clock, StoreOptions.Default);

    /// <summary>As <see cref="Open(CogCommitHome, TimeProvider?)"/>, and tells how far an upgrade is.</summary>
    public static StoreFile Open(CogCommitHome home, TimeProvider? clock, IProgress<UpgradeProgress>? upgrading) =>
        Open(home, clock, StoreOptions.Default with { Upgrading = upgrading });

    /// <summary>As <see cref="Open(CogCommitHome, TimeProvider?)"/>, but null where there is no store, and nothing is created.</summary>
    public static StoreFile? OpenExisting(CogCommitHome home, TimeProvider? clock = null, IProgress<UpgradeProgress>? upgrading = null) =>
        File.Exists(home.DatabasePath) ? Open(home, clock, upgrading) : null;

    /// <summary>As <see cref="OpenExisting"/>, but nothing is upgraded.</summary>
    /// <exception cref="CogCommitException">It would have to be.</exception>
    public static StoreFile? OpenAsItIs(CogCommitHome home)
    {
        if (VersionOf(home) is not { } version)
        {
            return null;
        }

        return version < StoreConnection.SchemaVersion
            ? throw new CogCommitException(
                "StoreNotUpgraded",
                $"The store '{home.DatabasePath}' is one of the original cogcommit (schema version {version}). It is upgraded by the first command that reads it; this one was to change nothing. Get-CogCommit does it.",
                ErrorKind.Conflict)
            : Open(home);
    }

    internal static StoreFile Open(CogCommitHome home, TimeProvider? clock, StoreOptions options)
    {
        clock ??= TimeProvider.System;
        StoreErrors.Explained(home.DatabasePath, () =>
        {
            StoreCreation.Ensure(home.DatabasePath, clock, options);
            return 0;
        });
        return new StoreFile(home, clock, options);
    }

    /// <summary>
    /// To look at a store without leaving a trace: nothing is created, upgraded or written, not even SQLite's own files beside it. Write throws.
    /// </summary>
    internal static StoreFile OpenUnchanged(CogCommitHome home, TimeProvider clock) => new(home, clock, StoreOptions.Default, unchanged: true);

    /// <summary>The schema version of the store, which is left as it is; null where there is none.</summary>
    /// <exception cref="CogCommitException">It is damaged, or no store.</exception>
    internal static long? VersionOf(CogCommitHome home) => StoreErrors.Explained(home.DatabasePath, () => StoreLook.VersionOf(home.DatabasePath));

    /// <summary>Nothing of it can be changed: it was opened to be looked at.</summary>
    internal bool IsUnchanged => _unchanged;

    /// <summary>A connection that can only read, with a view of the store that does not change while a statement runs. Dispose it.</summary>
    public SqliteConnection OpenReader()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return StoreErrors.Explained(Home.DatabasePath, () => StoreConnection.OrClosed(
            _unchanged ? StoreLook.Open(Home.DatabasePath) : new SqliteConnection(_readerString),
            connection =>
            {
                if (!_unchanged)
                {
                    StoreConnection.Open(connection, _options.Patience);
                }

                StoreConnection.Execute(connection, "pragma query_only = on");
                StoreConnection.CheckVersion(connection, Home.DatabasePath);
            }));
    }

    /// <summary>
    /// A connection that looks at one state of the store, for whom would rather do without than wait: where somebody holds the store for
    /// himself it throws at once. For a store opened by <see cref="OpenUnchanged"/>.
    /// </summary>
    internal SqliteConnection OpenReaderAtOnce() => StoreErrors.Explained(Home.DatabasePath, () => StoreConnection.OrClosed(StoreLook.Open(Home.DatabasePath), connection =>
    {
        // By SQLite itself: the library would try again for half a minute. Once the view is taken nobody can lock it out.
        var refused = raw.sqlite3_exec(connection.Handle, "pragma query_only = on; begin; select 1 from sqlite_master");
        if (refused != raw.SQLITE_OK)
        {
            throw new SqliteException(raw.sqlite3_errmsg(connection.Handle).utf8_to_string(), refused);
        }

        StoreConnection.CheckVersion(connection, Home.DatabasePath);
    }));

    public void Write(Action<WriteTransaction> work) => Write<object?>(transaction =>
    {
        work(transaction);
        return null;
    });

    /// <summary>
    /// Runs <paramref name="work"/> in one transaction that no other writer, here or in another process, overlaps; waits for its turn.
    /// All of it is kept, or, when it throws, none. Hold it at most about 200 ms. It must not call Write again.
    /// </summary>
    public T Write<T>(Func<WriteTransaction, T> work) => Alone(() => WriteLocked(work));

    /// <summary>Indexes the rows that somebody left to wait for full text, if any, in a transaction of its own.</summary>
    internal void IndexWhatWaits()
    {
        using (var reader = OpenReader())
        {
            if (!FullTextLater.Waits(reader))
            {
                return;
            }
        }

        Write(transaction => transaction.IndexLater());
    }

    /// <summary>A connection to an empty database in memory, with the store as <c>store</c>.</summary>
    internal SqliteConnection OpenBeside() => StoreErrors.Explained(Home.DatabasePath, () =>
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        // Not where there is no store: attaching would make one, of nothing.
        return StoreConnection.OrClosed(new SqliteConnection("Data Source=:memory:;Mode=ReadWrite;Pooling=false"), connection =>
        {
            StoreConnection.Open(connection, _options.Patience);
            using var attach = connection.CreateCommand();
            attach.CommandText = "attach $path as store";
            attach.With("$path", Home.DatabasePath).ExecuteNonQuery();
            StoreConnection.CheckVersion(connection, Home.DatabasePath);
            LogFrames.Follow(connection);
        });
    });

    /// <summary>As <see cref="Write{T}"/>, by a connection of <see cref="OpenBeside"/>, which is closed when it throws.</summary>
    internal T WriteBeside<T>(SqliteConnection connection, Func<T> work) => Alone(() => Transaction(connection, work, connection.Dispose));

    /// <summary>Nobody else in this process writes meanwhile.</summary>
    private T Alone<T>(Func<T> work)
    {
        lock (_writing)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_unchanged)
            {
                throw new InvalidOperationException("This store was opened to be looked at.");
            }

            if (_current is not null)
            {
                throw new InvalidOperationException("A transaction of this store is open on this thread already: pass it on instead of opening another.");
            }

            return StoreErrors.Explained(Home.DatabasePath, work);
        }
    }

    private T WriteLocked<T>(Func<WriteTransaction, T> work)
    {
        var writer = Writer();
        try
        {
            return Transaction(
                writer.Connection,
                () =>
                {
                    _current = new WriteTransaction(writer, Clock);
                    var result = work(_current);
                    _current.Finish();
                    return result;
                },
                () => Abandon(writer));
        }
        finally
        {
            _current = null;
        }
    }

    private T Transaction<T>(SqliteConnection connection, Func<T> work, Action abandon)
    {
        T result;
        int frames;
        StoreConnection.Execute(connection, "begin immediate");
        try
        {
            StoreConnection.CheckVersion(connection, Home.DatabasePath);
            result = work();
            _options.BeforeStep?.Invoke("commit");
            frames = LogFrames.After(() => StoreConnection.Execute(connection, "commit"));
            _options.BeforeStep?.Invoke("committed");
        }
        catch
        {
            abandon();
            throw;
        }

        _checkpoints.After(frames);
        return result;
    }

    /// <summary>After a failure the connection is not trusted again: closing it rolls back whatever is open, also where ROLLBACK itself would fail.</summary>
    private void Abandon(PreparedConnection writer)
    {
        _writer = null;
        writer.Dispose();
    }

    private PreparedConnection Writer()
    {
        if (_writer is null)
        {
            _writer = new PreparedConnection(StoreConnection.OrClosed(new SqliteConnection(StoreConnection.String(Home.DatabasePath, pooled: false)), connection =>
            {
                StoreConnection.Open(connection, _options.Patience);
                // In KB: an import comes back to the same pages of an index again and again.
                StoreConnection.Execute(connection, "pragma cache_size = -16000");
                LogFrames.Follow(connection);
            }));
        }

        return _writer;
    }

    public void Dispose()
    {
        lock (_writing)
        {
            if (_disposed)
            {
                return;
            }

            try
            {
                _checkpoints.Wait();
            }
            finally
            {
                _disposed = true;
                if (_writer is not null)
                {
                    Abandon(_writer);
                }

                using var any = new SqliteConnection(_readerString);
                SqliteConnection.ClearPool(any);
            }
        }
    }
}
