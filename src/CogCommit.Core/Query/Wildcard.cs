using System.Text;

namespace CogCommit.Core.Query;

/// <summary>PowerShell's wildcards (* ? [abc] [a-z], the backtick takes a character as it is) as patterns of SQLite's GLOB, in any case.</summary>
internal static class Wildcard
{
    public static string ToGlob(string pattern)
    {
        var glob = new StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            var close = c == '[' ? pattern.IndexOf(']', Math.Min(i + 2, pattern.Length)) : -1;
            if (c == '`' && i + 1 < pattern.Length)
            {
                Literal(glob, pattern, ref i, i + 1);
            }
            else if (c is '*' or '?')
            {
                glob.Append(c);
            }
            else if (close > 0)
            {
                Class(glob, pattern[(i + 1)..close]);
                i = close;
            }
            else
            {
                Literal(glob, pattern, ref i, i);
            }
        }

        return glob.ToString();
    }

    /// <summary>The character at <paramref name="at"/> (two UTF-16 units where it is one such), in both cases.</summary>
    private static void Literal(StringBuilder glob, string pattern, ref int i, int at)
    {
        i = at;
        if (char.IsHighSurrogate(pattern[at]) && at + 1 < pattern.Length)
        {
            glob.Append(pattern, at, 2);
            i++;
            return;
        }

        var (lower, upper) = (char.ToLowerInvariant(pattern[at]), char.ToUpperInvariant(pattern[at]));
        if (lower != upper)
        {
            glob.Append('[').Append(lower).Append(upper).Append(']');
        }
        else if (lower is '*' or '?' or '[')
        {
            glob.Append('[').Append(lower).Append(']');
        }
        else
        {
            glob.Append(pattern[at]);
        }
    }

    private static void Class(StringBuilder glob, string members)
    {
        // For GLOB "]" stands for itself only in the first place, and "^" only elsewhere.
        var all = string.Concat(members, members.ToLowerInvariant(), members.ToUpperInvariant());
        var rest = all.Replace("]", "", StringComparison.Ordinal).Replace("^", "", StringComparison.Ordinal);
        var caret = all.Contains('^', StringComparison.Ordinal);
        if (caret && rest.Length == 0 && !all.Contains(']', StringComparison.Ordinal))
        {
            glob.Append('^');
            return;
        }

        glob.Append('[').Append(all.Contains(']', StringComparison.Ordinal) ? "]" : "").Append(rest).Append(caret ? "^" : "").Append(']');
    }
}
