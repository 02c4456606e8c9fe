using CogCommit.Bench.Measuring;

namespace CogCommit.Bench.Cases;

/// <summary>What Import-Module adds to the start of an engine.</summary>
internal sealed class ModuleCase : BenchCase
{
    public override string Name => "module";

    public override IReadOnlyList<string> Sizes => ["module"];

    public override IEnumerable<Result> Run(BenchRun bench, string size)
    {
        if (PowerShellProcess.Find() is not { } shell)
        {
            Console.Error.WriteLine("There is no PowerShell on this machine: name one in COGCOMMIT_BENCH_PWSH.");
            yield break;
        }

        var home = bench.Folder();
        // Measured where somebody who has just started a PowerShell would wait for it.
        var import = $"$watch = [Diagnostics.Stopwatch]::StartNew(); Import-Module '{PowerShellProcess.Manifest}'; exit 0";
        var spreads = Rounds.Interleave(bench.Rounds(10), () => shell.Time(import, home), () => shell.Time("$watch = [Diagnostics.Stopwatch]::StartNew(); exit 0", home));
        var loaded = shell.Run(
            $"$bad = @([AppDomain]::CurrentDomain.GetAssemblies().GetName().Name -match '^(Microsoft\\.Data\\.Sqlite|SQLitePCLRaw|System\\.Net\\.Http|Polly|CogCommit\\.Core)').Count\n{PowerShellProcess.Say} bad = $bad }}", home);
        yield return new Result
        {
            What = "Import-Module, with the engine",
            Work = "one process",
            Ours = spreads[0],
            LimitName = "the bare engine",
            Limit = spreads[1],
            PeakMemory = (long)loaded["memory"],
            Counted = $"{ResultTable.Number((spreads[0].Median - spreads[1].Median) * 1_000)} ms above the engine; {loaded["bad"]} assemblies of SQLite, HTTP, Polly or the core",
            Goal = "under 120 ms above the engine, none of them loaded",
        };
    }
}
