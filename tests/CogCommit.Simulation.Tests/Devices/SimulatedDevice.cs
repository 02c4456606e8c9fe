using System.Globalization;
using CogCommit.Core.Capture;
using CogCommit.Core.Store;
using CogCommit.Core.Sync;
using CogCommit.Simulation.Tests.Network;
using CogCommit.Simulation.Tests.Transcripts;
using Microsoft.Data.Sqlite;

namespace CogCommit.Simulation.Tests.Devices;

/// <summary>One machine: a real store, real transcripts, the real import and the real sync; only clock and wire are made.</summary>
internal sealed class SimulatedDevice : IDisposable
{
    private readonly UsedStore _store;
    private readonly BatchLimits _limits;
    private byte[]? _backup;

    public SimulatedDevice(World world, int number, string folder, BatchLimits limits)
    {
        Number = number;
        _limits = limits;
        _store = UsedStore.Take(world.Clock);
        Wire = new FaultyWire(world, this);
        Transcripts = new TranscriptCopies(Path.Combine(folder, "projects"), world.Sessions);
        NameMachine();
    }

    public int Number { get; }

    public DeviceClock Clock => _store.Clock;

    public CrashPoints Crash => _store.Crash;

    public FaultyWire Wire { get; }

    public TranscriptCopies Transcripts { get; }

    public StoreFile Store => _store.Store;

    /// <summary>As a new process would have it.</summary>
    public SyncEngine Engine => new(Store, Wire, _limits, Boundary.TakeOver);

    public ImportResult Import() => new Importer(Store).Run(new ImportOptions { Paths = [Transcripts.Folder] }, null, CancellationToken.None);

    /// <summary>After a crash: memory is gone, the database stays.</summary>
    public void Restart() => _store.Reopen();

    /// <summary>The commits that are shown, in a fixed order.</summary>
    public List<string> Commits() => Query("select id from cognitive_commits where deleted_at is null order by id");

    public List<string> Deleted() => Query("select id from cognitive_commits where deleted_at is not null order by id");

    public List<string> Pruned() => Query("select commit_id from pruned_commits order by commit_id");

    /// <summary>The first column of each row.</summary>
    public List<string> Query(string sql) => Ask(sql, row => row.GetString(0));

    public List<T> Ask<T>(string sql, Func<SqliteDataReader, T> read) => _store.Ask(sql, read);

    public void BackUp() => _backup = _store.BackUp();

    /// <summary>Does nothing where there is no backup.</summary>
    public void RestoreBackup()
    {
        if (_backup is not null)
        {
            _store.Restore(_backup);
        }
    }

    public void Dispose() => _store.GiveBack();

    /// <summary>A machine's id is random; here it follows from the seed's own numbers, so that a seed replays exactly.</summary>
    private void NameMachine() => Store.Write(transaction =>
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"d0d0d0d0-0000-4000-8000-{Number:D12}");
        var name = $"device {Number}";
        transaction.Execute("insert into this_machine (fingerprint, machine_id, name) values ($fingerprint, $id, $name)",
            ("$fingerprint", HostFingerprint.Of(Store.Home.Root)), ("$id", id), ("$name", name));
        transaction.Execute("insert into machines (machine_id, name) values ($id, $name)", ("$id", id), ("$name", name));
    });
}
