using System.Globalization;
using CogCommit.Bench.Corpus;
using CogCommit.Bench.Limits;
using CogCommit.Bench.Measuring;
using CogCommit.Core.Export;
using CogCommit.Core.Query;
using CogCommit.Core.Store;

namespace CogCommit.Bench.Cases;

/// <summary>All of a store into one file, a row a line.</summary>
internal sealed class ExportCase : BenchCase
{
    private const string Piece = "export";

    public override string Name => "export";

    public override IReadOnlyList<string> Sizes => ["10K", "100K", "1M"];

    public override IReadOnlyDictionary<string, Func<IReadOnlyList<string>, Dictionary<string, double>>> Pieces { get; } =
        new Dictionary<string, Func<IReadOnlyList<string>, Dictionary<string, double>>>
        {
            [Piece] = arguments =>
            {
                using var store = StoreFile.Open(new CogCommitHome(arguments[0]));
                Export(store, arguments[1]);
                return new Dictionary<string, double> { ["bytes"] = new FileInfo(arguments[1]).Length };
            },
        };

    public override IEnumerable<Result> Run(BenchRun bench, string size)
    {
        var home = bench.Cache.Store(size);
        var folder = bench.Folder();
        var child = ChildWork.Start(Piece, home.Root, Path.Combine(folder, "child.jsonl"));
        using var store = StoreFile.Open(home);
        long copied = 0;
        var spreads = Rounds.Interleave(bench.Rounds(size == "1M" ? 1 : 5), warmUp: size != "1M",
            () => Rounds.Time(() => Export(store, Path.Combine(folder, "ours.jsonl"))),
            () => Rounds.Time(() => copied = BareCopy.Run(store, Path.Combine(folder, "bare"))));
        yield return new Result
        {
            What = "export",
            Work = string.Create(CultureInfo.InvariantCulture, $"{StoreCorpus.Turns(size):N0} turns, {child["bytes"] / 1e6:N1} MB"),
            Ours = spreads[0],
            LimitName = string.Create(CultureInfo.InvariantCulture, $"copying the rows' {copied / 1e6:N1} MB out of SQLite"),
            Limit = spreads[1],
            PeakMemory = child.PeakMemory,
            Counted = $"{ResultTable.Number(child["bytes"] / 1e6 / spreads[0].Median)} MB/s",
            Goal = "0.5 of the limit, memory flat",
        };
    }

    private static void Export(StoreFile store, string path)
    {
        using var target = new ExportTarget(path);
        new Exporter(store).Write(CommitReader.Read(store, new CommitFilter()), ExportFormat.Jsonl, target.Writer);
        target.Complete();
    }
}
