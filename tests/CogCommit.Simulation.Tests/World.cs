using CogCommit.CloudModel;
using CogCommit.Core.Sync;
using CogCommit.Simulation.Tests.Devices;
using CogCommit.Simulation.Tests.Invariants;
using CogCommit.Simulation.Tests.Transcripts;

namespace CogCommit.Simulation.Tests;

/// <summary>Everything there is in one history: the time, the transcripts, the devices, the cloud, and what must not be forgotten.</summary>
internal sealed class World : IDisposable
{
    private const int MostDevices = 4;

    private readonly DirectoryInfo _folder = RamDisk.NewFolder();
    private readonly Random _random;
    private readonly List<string>? _trace;

    /// <param name="seed">Makes transcripts, limits and devices.</param>
    /// <param name="trace">Where to tell what happens, or null.</param>
    public World(int seed, List<string>? trace)
    {
        _random = new Random(seed ^ 0x5eed);
        _trace = trace;
        Cloud = new ModelCloud(Clock);
        Sessions = SessionTexts.Make(_random);
        for (var n = _random.Next(2, 4); n > 0; n--)
        {
            AddDevice();
        }
    }

    public string Folder => _folder.FullName;

    public SimulatedClock Clock { get; } = new();

    public ModelCloud Cloud { get; }

    public ModelState? CloudBackup { get; set; }

    public IReadOnlyList<SessionText> Sessions { get; }

    public List<SimulatedDevice> Devices { get; } = [];

    /// <summary>Requests that are under way although nobody waits for them any more.</summary>
    public List<Action> Late { get; } = [];

    /// <summary>Somebody does something while a request of somebody else is under way.</summary>
    public bool IsNested { get; set; }

    /// <summary>The device whose step is being taken, and whose request may be under way.</summary>
    public SimulatedDevice? InFlight { get; set; }

    public Ledger Ledger { get; } = new();

    /// <summary>How many faults and crashes there were.</summary>
    public int Faults { get; set; }

    /// <summary>Null when there are enough.</summary>
    public SimulatedDevice? AddDevice()
    {
        if (Devices.Count == MostDevices)
        {
            return null;
        }

        var rows = _random.Next(3) switch { 0 => 5, 1 => 20, _ => 2_000 };
        var device = new SimulatedDevice(
            this, Devices.Count, Path.Combine(_folder.FullName, $"{Devices.Count}"), BatchLimits.Default with { Rows = rows });
        Devices.Add(device);
        return device;
    }

    /// <summary>Lets one of the requests arrive that nobody waits for.</summary>
    public void DeliverLate(int which)
    {
        if (Late.Count > 0)
        {
            var call = Late[which % Late.Count];
            Late.Remove(call);
            call();
        }
    }

    public void LiftQuota() => (Cloud.CommitLimit, Cloud.StorageLimitBytes) = (100_000, 1L << 40);

    public void Trace(string line) => _trace?.Add(line);

    /// <summary>Lines that cost something to make: only where somebody reads them.</summary>
    public void Trace(Func<IEnumerable<string>> lines) => _trace?.AddRange(lines());

    public void Dispose()
    {
        Devices.ForEach(device => device.Dispose());
        _folder.Delete(recursive: true);
    }
}
