using System.Globalization;
using System.Text;

namespace CogCommit.Core.Query;

/// <summary>What the user typed as an expression of FTS5. Every word of it stands in quotes, so none is ever taken for syntax.</summary>
internal sealed class SearchQuery
{
    private const int MaxLength = 4000;

    // FTS5 takes 256; parentheses deeper than this group nothing anyone meant.
    private const int MaxDepth = 30;

    private readonly List<SearchToken> _tokens;
    private int _next;

    private SearchQuery(string text) => _tokens = SearchToken.Of(text).ToList();

    /// <exception cref="CogCommitException">There is no word to look for.</exception>
    public static string ToFts5(string text)
    {
        if (text.Length > MaxLength)
        {
            throw new CogCommitException("SearchTooLong",
                $"The query has {text.Length} characters; at most {MaxLength} are searched for. Take a part of it.", ErrorKind.InvalidArgument);
        }

        return new SearchQuery(text).Alternatives(0) ?? throw new CogCommitException("SearchWithoutWord",
            "The query has no letter or digit to look for. Give one or more words, \"a phrase\", or the beginning of a word with *.", ErrorKind.InvalidArgument);
    }

    private string? Alternatives(int depth)
    {
        var parts = new List<string>();
        while (true)
        {
            if (Together(depth) is { } part)
            {
                parts.Add(part);
            }

            if (_next >= _tokens.Count || _tokens[_next].Kind == SearchTokenKind.Close)
            {
                return Joined(parts, " OR ");
            }

            _next++;
        }
    }

    /// <summary>Terms up to the next OR or closing parenthesis. An operator without its operand is passed over.</summary>
    private string? Together(int depth)
    {
        List<string> wanted = [], unwanted = [];
        for (var negated = false; _next < _tokens.Count; _next++)
        {
            var token = _tokens[_next];
            switch (token.Kind)
            {
                case SearchTokenKind.Or or SearchTokenKind.Close:
                    return Without(wanted, unwanted);
                case SearchTokenKind.Not:
                    negated = true;
                    continue;
                case SearchTokenKind.And:
                    continue;
            }

            if ((token.Kind == SearchTokenKind.Open ? Group(depth) : Term(token)) is { } part)
            {
                (negated ? unwanted : wanted).Add(part);
            }

            negated = false;
        }

        return Without(wanted, unwanted);
    }

    private string? Group(int depth)
    {
        if (depth == MaxDepth)
        {
            throw new CogCommitException("SearchTooDeep", $"The query has more than {MaxDepth} parentheses within each other. Leave some out.", ErrorKind.InvalidArgument);
        }

        // Leaves _next at the closing parenthesis, which the loop above then steps over.
        _next++;
        return Alternatives(depth + 1);
    }

    private static string? Without(List<string> wanted, List<string> unwanted)
    {
        if (unwanted.Count == 0)
        {
            return Joined(wanted, " AND ");
        }

        var all = Joined(wanted, " AND ") ?? throw new CogCommitException("SearchOnlyNot",
            "NOT takes away from what is found, so something must be looked for as well: retry NOT cloud.", ErrorKind.InvalidArgument);
        return $"({all} NOT {Joined(unwanted, " OR ")})";
    }

    private static string? Joined(List<string> parts, string by) => parts.Count switch
    {
        0 => null,
        1 => parts[0],
        _ => $"({string.Join(by, parts)})",
    };

    private static string? Term(SearchToken token)
    {
        var text = new StringBuilder();
        var (any, spaced) = (false, false);
        foreach (var rune in token.Text.EnumerateRunes())
        {
            any |= IsWordCharacter(rune);
            if (SpacedText.Holds(rune))
            {
                spaced = true;
                text.Append(' ').Append(rune.ToString()).Append(' ');
            }
            else
            {
                text.Append(Rune.IsControl(rune) ? " " : rune.Value == '"' ? "\"\"" : rune.ToString());
            }
        }

        return any ? $"{(spaced ? "spaced : " : "")}\"{text.ToString().Trim()}\"{(token.IsPrefix ? " *" : "")}" : null;
    }

    private static bool IsWordCharacter(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter
        or UnicodeCategory.OtherLetter or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;
}
