using CogCommit.Bench.Corpus;
using CogCommit.Core.Query;

namespace CogCommit.Bench.Cases;

/// <summary>What people look for: rare and common words, phrases, prefixes and filters, seeded.</summary>
internal static class SearchLog
{
    private const int Queries = 200;

    public static IReadOnlyList<SearchFilter> All { get; } = Make();

    private static List<SearchFilter> Make()
    {
        var river = new TextRiver(TranscriptCorpus.Seed);
        var random = new Random(TranscriptCorpus.Seed + 1);
        string Rare() => river.Vocabulary[river.Vocabulary.Count - 1 - random.Next(2_000)];
        string Common() => river.Vocabulary[random.Next(20)];
        return [.. Enumerable.Range(0, Queries).Select(i => (i % 8) switch
        {
            0 or 1 => new SearchFilter { Query = Rare() },
            2 => new SearchFilter { Query = Common() },
            3 => new SearchFilter { Query = $"{Common()} {Rare()}" },
            4 => new SearchFilter { Query = $"\"{river.One(random)} {river.One(random)}\"" },
            5 => new SearchFilter { Query = $"{river.One(random)[..3]}*" },
            6 => new SearchFilter { Query = Rare(), Projects = ["tide-tables"] },
            _ => new SearchFilter { Query = river.One(random), Roles = ["user"] },
        })];
    }
}
