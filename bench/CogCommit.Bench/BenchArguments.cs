using System.Globalization;
using CogCommit.Bench.Cases;

namespace CogCommit.Bench;

/// <summary>What was asked for: cases, each with its sizes, and how often each is measured.</summary>
internal sealed record BenchArguments(IReadOnlyList<(BenchCase Case, string Size)> Chosen, int? Rounds)
{
    /// <returns>Null, and why, when it cannot be understood.</returns>
    public static BenchArguments? Parse(IReadOnlyList<string> args, out string? problem)
    {
        var names = new List<string>();
        string? size = null;
        int? rounds = null;
        problem = null;
        for (var i = 0; i < args.Count; i++)
        {
            switch (args[i])
            {
                case "--size" when i + 1 < args.Count:
                    size = args[++i];
                    break;
                case "--rounds" when i + 1 < args.Count && int.TryParse(args[i + 1], CultureInfo.InvariantCulture, out var n) && n > 0:
                    rounds = n;
                    i++;
                    break;
                default:
                    names.Add(args[i]);
                    break;
            }
        }

        if (names.Find(name => BenchCases.All.All(one => one.Name != name)) is { } unknown)
        {
            problem = $"There is no case '{unknown}'.";
            return null;
        }

        // All sizes only where they are asked for: the largest take minutes.
        var chosen = BenchCases.All.Where(one => names.Count == 0 || names.Contains(one.Name))
            .SelectMany(one => one.Sizes.Where(its => size is null ? its == one.UsualSize : size == "all" || its == size).Select(its => (one, its)))
            .ToList();
        if (chosen.Count == 0)
        {
            problem = $"No case has the size '{size}'. Sizes are: {string.Join(", ", BenchCases.All.SelectMany(one => one.Sizes).Distinct())}, all.";
            return null;
        }

        return new BenchArguments(chosen, rounds);
    }
}
