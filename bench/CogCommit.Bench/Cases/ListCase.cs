using System.Globalization;
using CogCommit.Bench.Corpus;
using CogCommit.Bench.Limits;
using CogCommit.Bench.Measuring;
using CogCommit.Core.Query;
using CogCommit.Core.Store;

namespace CogCommit.Bench.Cases;

/// <summary>All commits as objects, newest first: in the core, and through PowerShell's pipeline.</summary>
internal sealed class ListCase : BenchCase
{
    private const string Piece = "list";
    private static readonly CommitFilter Everything = new();

    public override string Name => "list";

    public override IReadOnlyList<string> Sizes => ["10K", "100K", "1M"];

    public override IReadOnlyDictionary<string, Func<IReadOnlyList<string>, Dictionary<string, double>>> Pieces { get; } =
        new Dictionary<string, Func<IReadOnlyList<string>, Dictionary<string, double>>>
        {
            [Piece] = arguments =>
            {
                using var store = StoreFile.Open(new CogCommitHome(arguments[0]));
                var allocated = GC.GetTotalAllocatedBytes();
                var commits = CommitReader.Read(store, Everything).Count();
                return new Dictionary<string, double> { ["commits"] = commits, ["allocated"] = GC.GetTotalAllocatedBytes() - allocated };
            },
        };

    public override IEnumerable<Result> Run(BenchRun bench, string size)
    {
        var home = bench.Cache.Store(size);
        var child = ChildWork.Start(Piece, home.Root);
        using var store = StoreFile.Open(home);
        var commits = StoreCorpus.Turns(size) / StoreCorpus.TurnsPerCommit;
        var spreads = Rounds.Interleave(bench.Rounds(5),
            () => Rounds.Time(() => Read(store, 1)),
            () => Rounds.Time(() => Read(store, null)),
            () => Rounds.Time(() => BareRead(store, "limit 1")),
            () => Rounds.Time(() => BareRead(store, "")));
        var work = string.Create(CultureInfo.InvariantCulture, $"{commits:N0} commits");
        yield return new Result { What = "list: the first object", Work = work, Ours = spreads[0], LimitName = "bare SQLite read of the row", Limit = spreads[2], Goal = "under 30 ms at 100,000 commits" };
        yield return new Result
        {
            What = "list: all objects",
            Work = work,
            Ours = spreads[1],
            LimitName = "bare SQLite read of the rows",
            Limit = spreads[3],
            PeakMemory = child.PeakMemory,
            Counted = $"{ResultTable.Number(commits / spreads[1].Median)} objects/s; {ResultTable.Number(child["allocated"] / commits)} bytes allocated per object",
            Goal = "100,000 objects/s, memory flat",
        };
        if (PowerShellProcess.Find() is { } shell)
        {
            List<Dictionary<string, double>> said = [], bare = [];
            for (var round = 0; round < bench.Rounds(5); round++)
            {
                said.Add(shell.Run($"{PowerShellProcess.Import}\n{Pipeline("Get-CogCommit", "Get-CogCommit -First 500")}", home.Root));
                bare.Add(shell.Run($"{BarePipeline.Prepare}\n{Pipeline($"Write-BareObject -Count {commits}", "Write-BareObject -Count 500")}", home.Root));
            }

            yield return new Result { What = "Get-CogCommit: the first object", Work = work, Ours = new Spread(said.Select(one => one["first"])), Goal = "under 30 ms at 100,000 commits" };
            foreach (var (what, name) in new[] { ("Get-CogCommit: all objects", "all"), ("the same, again in the same session", "again") })
            {
                var all = new Spread(said.Select(one => one[name]));
                yield return new Result
                {
                    What = what,
                    Work = work,
                    Ours = all,
                    LimitName = "the engine passing on as many that cost nothing",
                    Limit = new Spread(bare.Select(one => one[name])),
                    PeakMemory = (long)said.Max(one => one["memory"]),
                    Counted = $"{ResultTable.Number(commits / all.Median)} objects/s",
                    Goal = "100,000 objects/s through the pipeline, memory flat",
                };
            }
        }
    }

    private static string Pipeline(string command, string some) => $$"""
        $null = {{command}} | Select-Object -First 1; {{some}} | Out-Null
        $watch = [Diagnostics.Stopwatch]::StartNew(); $null = {{command}} | Select-Object -First 1; $first = $watch.Elapsed.TotalSeconds
        $watch.Restart(); {{command}} | Out-Null; $all = $watch.Elapsed.TotalSeconds
        $watch.Restart(); {{command}} | Out-Null; $again = $watch.Elapsed.TotalSeconds
        """ + "\n" + PowerShellProcess.Say + " first = $first; all = $all; again = $again }";

    private static void Read(StoreFile store, int? atMost)
    {
        var left = atMost ?? int.MaxValue;
        foreach (var _ in CommitReader.Read(store, Everything))
        {
            if (--left == 0)
            {
                break;
            }
        }
    }

    private static int BareRead(StoreFile store, string limit)
    {
        using var reader = store.OpenReader();
        using var command = reader.CreateCommand();
        command.CommandText = $"""
            select id, title, derived_title, project_name, branch, git_hash, git_hashes, git_subject, closed_by, source, started_at, closed_at, parallel, session_count,
              turn_count, prompt_count, input_tokens, output_tokens, files_read, files_changed, published, hidden, display_order, version, updated_at, deleted_at
            from cognitive_commits order by started_at desc, id {limit}
            """;
        using var rows = command.ExecuteReader();
        var values = new object[rows.FieldCount];
        var read = 0;
        while (rows.Read())
        {
            read += rows.GetValues(values);
        }

        return read;
    }
}
