using System.Globalization;
using CogCommit.Bench.Measuring;
using CogCommit.Core.Daemon;
using CogCommit.Core.Watch;

namespace CogCommit.Bench.Cases;

/// <summary>What the daemon costs while nothing happens.</summary>
internal sealed class IdleCase : BenchCase
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);
    private const int Looks = 36;

    public override string Name => "idle";

    // So many seconds are looked at.
    public override IReadOnlyList<string> Sizes => ["60s", "600s"];

    public override IEnumerable<Result> Run(BenchRun bench, string size)
    {
        if (PowerShellProcess.Find() is not { } shell)
        {
            Console.Error.WriteLine("There is no PowerShell on this machine: name one in COGCOMMIT_BENCH_PWSH.");
            yield break;
        }

        var home = bench.Folder();
        var seconds = int.Parse(size.AsSpan()[..^1], CultureInfo.InvariantCulture);
        var assembly = Path.Combine(Path.GetDirectoryName(PowerShellProcess.Manifest)!, "bin", "module", DaemonLaunch.AssemblyFile);
        using var daemon = shell.Start(
            $"{PowerShellProcess.Import}; Watch-CogCommit -Daemon", home, [.. DaemonEnvironment.Variables, new(StartupHooks.Variable, StartupHooks.With(null, assembly) ?? throw new InvalidOperationException($"The runtime cannot name {assembly}: clone it into another folder."))]);
        using var bare = shell.Start("[System.Threading.Thread]::Sleep(-1)", home);
        IdleLook ours, beside;
        try
        {
            Settle(daemon.Id);
            // A minute after it last did something it gives memory back, which is work; from then on it rests.
            Thread.Sleep(MemoryRest.Quiet * 2);
            Settle(daemon.Id);
            (ours, beside) = (new IdleLook(daemon.Id), new IdleLook(bare.Id));
            Thread.Sleep(TimeSpan.FromSeconds(seconds));
            ours.End(seconds);
            beside.End(seconds);
        }
        finally
        {
            daemon.Kill();
            bare.Kill();
            daemon.WaitForExit();
            bare.WaitForExit();
        }

        yield return new Result
        {
            What = "the daemon, idle",
            Work = string.Create(CultureInfo.InvariantCulture, $"{seconds} s"),
            Ours = new Spread([ours.CpuPercent]),
            LimitName = "a PowerShell that sleeps",
            Limit = new Spread([beside.CpuPercent]),
            Unit = "% of a core",
            PeakMemory = ours.Resident,
            Counted = string.Create(
                CultureInfo.InvariantCulture,
                $"{ours.WakeUps:N0} wake-ups a minute; {ours.Own / 1e6:N0} MB of the memory are its own (`RssAnon`, `RssShmem`), the rest pages of files. The PowerShell that sleeps: {beside.WakeUps:N0}, {beside.Resident / 1e6:N0} MB, {beside.Own / 1e6:N0} MB of it its own"),
            Goal = "under 0.1 % of a core, under 80 MB",
        };
    }

    /// <summary>It has started when it uses next to nothing: how long that takes depends on what else the machine does.</summary>
    private static void Settle(int process)
    {
        for (var (look, quiet) = (0, 0); look < Looks && quiet < 2; look++)
        {
            var before = ProcessFigures.Cpu(process);
            Thread.Sleep(Look);
            quiet = ProcessFigures.Cpu(process) - before < 0.01 * Look.TotalSeconds ? quiet + 1 : 0;
        }
    }
}
