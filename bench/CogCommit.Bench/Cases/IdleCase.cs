using System.Globalization;
using CogCommit.Bench.Measuring;

namespace CogCommit.Bench.Cases;

/// <summary>What the daemon costs while nothing happens.</summary>
internal sealed class IdleCase : BenchCase
{
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(20);

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
        using var daemon = shell.Start($"Import-Module '{PowerShellProcess.Manifest}'; Watch-CogCommit -Daemon", home);
        Thread.Sleep(Settled);
        var before = ProcessFigures.Of(daemon.Id);
        Thread.Sleep(TimeSpan.FromSeconds(seconds));
        var after = ProcessFigures.Of(daemon.Id);
        daemon.Kill();
        daemon.WaitForExit();
        yield return new Result
        {
            What = "the daemon, idle",
            Work = string.Create(CultureInfo.InvariantCulture, $"{seconds} s"),
            Ours = new Spread([(after.Cpu - before.Cpu) / seconds * 100]),
            Unit = "% of a core",
            PeakMemory = after.Resident,
            Counted = string.Create(CultureInfo.InvariantCulture, $"{(after.WakeUps - before.WakeUps) * 60.0 / seconds:N0} wake-ups a minute"),
            Goal = "under 0.1 % of a core, under 80 MB",
        };
    }
}
