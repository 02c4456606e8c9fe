namespace CogCommit.Core.Query;

internal enum SearchTokenKind
{
    Term,
    And,
    Or,
    Not,
    Open,
    Close,
}

/// <summary>A piece of what the user typed. Any text has a reading: there is no malformed one.</summary>
internal readonly record struct SearchToken(SearchTokenKind Kind, string Text = "", bool IsPrefix = false)
{
    public static IEnumerable<SearchToken> Of(string query)
    {
        var open = 0;
        for (var i = 0; i < query.Length;)
        {
            var c = query[i];
            if (char.IsWhiteSpace(c))
            {
                i++;
            }
            else if (c == '(')
            {
                open++;
                i++;
                yield return new SearchToken(SearchTokenKind.Open);
            }
            else if (c == ')')
            {
                // One too many is passed over.
                if (open > 0)
                {
                    open--;
                    yield return new SearchToken(SearchTokenKind.Close);
                }

                i++;
            }
            else if (c == '"')
            {
                var end = query.IndexOf('"', i + 1);
                end = end < 0 ? query.Length : end;
                var text = query[(i + 1)..end];
                i = Math.Min(end + 1, query.Length);
                var prefix = i < query.Length && query[i] == '*';
                i += prefix ? 1 : 0;
                yield return new SearchToken(SearchTokenKind.Term, text, prefix);
            }
            else
            {
                var end = EndOfWord(query, i);
                yield return Word(query[i..end]);
                i = end;
            }
        }
    }

    /// <summary>Parentheses opened within a word belong to it: <c>retry(3)</c> is one.</summary>
    private static int EndOfWord(string query, int i)
    {
        var inner = 0;
        for (; i < query.Length && !char.IsWhiteSpace(query[i]) && query[i] != '"'; i++)
        {
            if (query[i] == '(')
            {
                inner++;
            }
            else if (query[i] == ')' && --inner < 0)
            {
                break;
            }
        }

        return i;
    }

    private static SearchToken Word(string text) => text switch
    {
        "AND" => new SearchToken(SearchTokenKind.And),
        "OR" => new SearchToken(SearchTokenKind.Or),
        "NOT" => new SearchToken(SearchTokenKind.Not),
        _ => new SearchToken(SearchTokenKind.Term, text, text.EndsWith('*')),
    };
}
