namespace CogCommit.Help.About;

/// <summary>Breaks a paragraph into lines.</summary>
public static class Wrap
{
    /// <summary>Lines of at most <paramref name="columns"/>; a word that is longer has a line of its own.</summary>
    /// <param name="text">One paragraph.</param>
    /// <param name="columns">With the indent.</param>
    /// <param name="first">Spaces before the first line.</param>
    /// <param name="rest">Spaces before the others.</param>
    public static IEnumerable<string> Lines(string text, int columns, int first, int rest)
    {
        var line = new string(' ', first);
        var empty = true;
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!empty && line.Length + 1 + word.Length > columns)
            {
                yield return line;
                line = new string(' ', rest);
                empty = true;
            }
            line += empty ? word : " " + word;
            empty = false;
        }
        if (!empty)
        {
            yield return line;
        }
    }
}
