using System.Globalization;

namespace CogCommit.Core.Export.Formats;

/// <summary>Short texts for summaries; what they shorten stands in full elsewhere in the document.</summary>
internal static class Titles
{
    /// <summary>At most so many characters, cut between graphemes.</summary>
    public static string Shorten(string text, int most, bool more)
    {
        if (text.Length <= most)
        {
            return more ? text + " …" : text;
        }

        var cut = StringInfo.ParseCombiningCharacters(text).Last(start => start <= most - 1);
        return string.Concat(text.AsSpan(0, cut), "…");
    }
}
