using System.Text.RegularExpressions;

namespace CogCommit.Build.Demo;

/// <summary>Something to search for that is surely there, whatever the sessions are about: a telling word of a title.</summary>
internal static partial class SearchWord
{
    public static string From(IEnumerable<string> titles) =>
        titles.SelectMany(title => Word().Matches(title).Select(word => word.Value.ToLowerInvariant()))
            .GroupBy(word => word)
            .OrderByDescending(words => words.Count())
            .ThenByDescending(words => words.Key.Length)
            .Select(words => words.Key)
            .FirstOrDefault() ?? "the";

    // Short words are mostly grammar.
    [GeneratedRegex("[A-Za-z]{6,20}")]
    private static partial Regex Word();
}
