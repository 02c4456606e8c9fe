using CogCommit.Bench.Measuring;

namespace CogCommit.Bench.Cases;

/// <summary>What Import-Module adds to the start of an engine.</summary>
internal sealed class ModuleCase : BenchCase
{
    public override string Name => "module";

    public override IReadOnlyList<string> Sizes => ["module"];

    // PowerShell itself has HTTP loaded: what counts is what the import adds.
    private const string Names = "@([AppDomain]::CurrentDomain.GetAssemblies().GetName().Name -match '^(Microsoft\\.Data\\.Sqlite|SQLitePCLRaw|System\\.Net\\.Http|Polly|CogCommit\\.Core)').Count";
    private static readonly string Loaded = $"$before = {Names}\n{PowerShellProcess.Import}\n$bad = {Names} - $before\n{PowerShellProcess.Say} bad = $bad }}";

    public override IEnumerable<Result> Run(BenchRun bench, string size)
    {
        if (PowerShellProcess.Find() is not { } shell)
        {
            Console.Error.WriteLine("There is no PowerShell on this machine: name one in COGCOMMIT_BENCH_PWSH.");
            yield break;
        }

        var home = bench.Folder();
        var spreads = Rounds.Interleave(bench.Rounds(10), () => shell.Time($"{PowerShellProcess.Import}; exit 0", home), () => shell.Time("exit 0", home));
        var loaded = shell.Run(Loaded, home);
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
