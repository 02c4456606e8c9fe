using System.Globalization;
using CogCommit.Bench.Corpus;
using CogCommit.Bench.Limits;
using CogCommit.Bench.Measuring;
using CogCommit.Core.Query;
using CogCommit.Core.Store;

namespace CogCommit.Bench.Cases;

/// <summary>A page of hits with snippets, as Search-CogCommit shows it first.</summary>
internal sealed class SearchCase : BenchCase
{
    private const string Piece = "search";
    private const int Page = 20;

    public override string Name => "search";

    public override IReadOnlyList<string> Sizes => ["10K", "100K", "1M"];

    public override IReadOnlyDictionary<string, Func<IReadOnlyList<string>, Dictionary<string, double>>> Pieces { get; } =
        new Dictionary<string, Func<IReadOnlyList<string>, Dictionary<string, double>>>
        {
            [Piece] = arguments =>
            {
                using var store = StoreFile.Open(new CogCommitHome(arguments[0]));
                return new Dictionary<string, double> { ["hits"] = SearchLog.All.Sum(query => Find(store, query)) };
            },
        };

    public override IEnumerable<Result> Run(BenchRun bench, string size)
    {
        var home = bench.Cache.Store(size);
        var child = ChildWork.Start(Piece, home.Root);
        using var store = StoreFile.Open(home);
        using var bare = new BareSearch(store, Page);
        List<double> ours = [], limit = [];
        for (var round = -1; round < bench.Rounds(1); round++)
        {
            // The whole log in turns, as somebody searches; a bare query that walks over the whole index would have pushed the next search's pages out of the caches.
            var took = SearchLog.All.Select(query => Rounds.Time(() => Find(store, query))).ToList();
            var tookBare = SearchLog.All.Select(query => Rounds.Time(() => bare.Find(query.Query))).ToList();
            if (round >= 0)
            {
                ours.AddRange(took);
                limit.AddRange(tookBare);
            }
        }

        var (spread, beside) = (new Spread(ours), new Spread(limit));
        yield return new Result
        {
            What = "search",
            Work = string.Create(CultureInfo.InvariantCulture, $"{StoreCorpus.Turns(size):N0} turns, {SearchLog.All.Count} queries"),
            Ours = spread,
            LimitName = "bare FTS5 query by rank, without snippets",
            Limit = beside,
            PeakMemory = child.PeakMemory,
            Counted = $"95 %: {ResultTable.Number(spread.At(0.95) * 1_000)} ms, bare {ResultTable.Number(beside.At(0.95) * 1_000)} ms; {child["hits"]:N0} hits",
            Goal = "at 1M median under 10 ms, 95 % under 50 ms, under 150 MB",
        };
    }

    private static int Find(StoreFile store, SearchFilter query) => Search.Find(store, query, 0, Page).Count(hit => hit.Snippet.Length > 0);
}
