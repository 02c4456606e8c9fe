using System.Globalization;
using CogCommit.Bench.Measuring;
using CogCommit.Core.Capture;
using CogCommit.Core.Store;

namespace CogCommit.Bench.Cases;

/// <summary>An import of transcripts in which nothing is new.</summary>
internal sealed class UnchangedCase : BenchCase
{
    private const int BytesEach = 10_000;

    public override string Name => "unchanged";

    public override IReadOnlyList<string> Sizes => ["20files", "200files", "2000files"];

    public override string UsualSize => "2000files";

    public override IEnumerable<Result> Run(BenchRun bench, string size)
    {
        var folder = bench.Cache.Files(int.Parse(size.AsSpan()[..^"files".Length], CultureInfo.InvariantCulture), BytesEach);
        using var store = StoreFile.Open(new CogCommitHome(bench.Folder()));
        var options = new ImportOptions { Paths = [folder] };
        new Importer(store).Run(options, null, CancellationToken.None);
        var before = Changes(store);
        ImportResult result = null!;
        long found = 0;
        var spreads = Rounds.Interleave(bench.Rounds(20),
            () => Rounds.Time(() => result = new Importer(store).Run(options, null, CancellationToken.None)),
            () => Rounds.Time(() => found = new DirectoryInfo(folder).EnumerateFiles("*.jsonl", SearchOption.AllDirectories).Sum(file => file.Length + (file.LastWriteTimeUtc.Ticks & 1))));
        yield return new Result
        {
            What = "import, nothing new",
            Work = string.Create(CultureInfo.InvariantCulture, $"{result.Files:N0} files, {found / 1e6:N1} MB"),
            Ours = spreads[0],
            LimitName = "directory listing with sizes and times",
            Limit = spreads[1],
            Counted = string.Create(CultureInfo.InvariantCulture, $"{result.Bytes} bytes parsed, {Changes(store) - before} bytes or rows written"),
            Goal = "2,000 files under 60 ms, no byte parsed, no row written",
        };
    }

    /// <summary>Grows with what is written: rows that changed, and the bytes of the log.</summary>
    private static long Changes(StoreFile store)
    {
        using var reader = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={store.Home.DatabasePath};Mode=ReadOnly;Pooling=False");
        reader.Open();
        return (long)StoreConnection.Scalar(reader, "select value from counters where name = 'change_seq'")! + new FileInfo(store.Home.DatabasePath + "-wal").Length;
    }
}
