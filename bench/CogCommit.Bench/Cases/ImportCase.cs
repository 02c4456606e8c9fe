using System.Globalization;
using CogCommit.Bench.Limits;
using CogCommit.Bench.Measuring;
using CogCommit.Core.Capture;
using CogCommit.Core.Store;

namespace CogCommit.Bench.Cases;

/// <summary>Everything is new: the first import of years of transcripts.</summary>
internal sealed class ImportCase : BenchCase
{
    private const string Piece = "import";

    public override string Name => "import";

    public override IReadOnlyList<string> Sizes => ["1.7MB", "17MB", "170MB", "1GB"];

    public override string UsualSize => "17MB";

    public override IReadOnlyDictionary<string, Func<IReadOnlyList<string>, Dictionary<string, double>>> Pieces { get; } =
        new Dictionary<string, Func<IReadOnlyList<string>, Dictionary<string, double>>> { [Piece] = arguments => Import(arguments[0], arguments[1]) };

    public override IEnumerable<Result> Run(BenchRun bench, string size)
    {
        var folder = bench.Cache.Transcripts(size);
        var bytes = Directory.EnumerateFiles(folder, "*.jsonl", SearchOption.AllDirectories).Sum(path => new FileInfo(path).Length);
        var first = bench.Folder();
        var child = ChildWork.Start(Piece, folder, first);
        var large = bytes > 500_000_000;
        // In this process everything is warm but what the work itself warms, as it is beside it.
        var spreads = Rounds.Interleave(bench.Rounds(large ? 1 : 5), warmUp: !large,
            () => Import(folder, bench.Folder())["seconds"],
            () => Rounds.Time(() => JsonPass.Run(folder)),
            () =>
            {
                using var insert = new BareInsert(new CogCommitHome(first), bench.Folder());
                return insert.Run();
            });
        var (ours, parse, write) = (spreads[0], spreads[1], spreads[2]);
        yield return new Result
        {
            What = "cold import",
            Work = string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:N1} MB, {child["turns"]:N0} turns, {child["commits"]:N0} commits"),
            Ours = ours,
            LimitName = $"bare insert with its index (the bare JSON pass: {ResultTable.Number(parse.Median)} s)",
            Limit = write.Median > parse.Median ? write : parse,
            PeakMemory = child.PeakMemory,
            Counted = string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6 / ours.Median:N1} MB/s; {child["allocated"] / bytes:N1} bytes allocated per byte read"),
            Goal = "0.6 of the limit, under 200 MB",
        };
    }

    private static Dictionary<string, double> Import(string folder, string home)
    {
        var store = StoreFile.Open(new CogCommitHome(home));
        var allocated = GC.GetTotalAllocatedBytes();
        ImportResult? result = null;
        // Closing it, too: what its log still holds is copied then.
        var seconds = Rounds.Time(() =>
        {
            using (store)
            {
                result = new Importer(store).Run(new ImportOptions { Paths = [folder] }, null, CancellationToken.None);
            }
        });
        return new Dictionary<string, double>
        {
            ["seconds"] = seconds,
            ["allocated"] = GC.GetTotalAllocatedBytes() - allocated,
            ["turns"] = result!.TurnsNew,
            ["commits"] = result.CommitsNew,
        };
    }
}
