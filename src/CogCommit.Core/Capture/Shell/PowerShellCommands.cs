namespace CogCommit.Core.Capture.Shell;

/// <summary>The simple commands of a PowerShell script, each as its words, as <see cref="PosixCommands"/> does it for other shells.</summary>
internal static class PowerShellCommands
{
    public static IReadOnlyList<IReadOnlyList<string>> In(string script)
    {
        var text = script.Replace("\r\n", "\n", StringComparison.Ordinal);
        var words = new CommandWords();
        for (var at = 0; at < text.Length;)
        {
            at = Read(text, at, words);
        }

        words.EndCommand();
        return words.Commands;
    }

    private static int Read(string text, int at, CommandWords words)
    {
        var c = text[at];
        var next = at + 1 < text.Length ? text[at + 1] : '\0';
        switch (c)
        {
            case ' ' or '\t':
                words.EndWord();
                return at + 1;
            case '\n' or ';' or '|' or '&' or '(' or ')' or '{' or '}':
                words.EndCommand();
                return at + 1;
            case '`':
                if (next is not ('\n' or '\0'))
                {
                    words.Append(next);
                }

                return at + 2;
            case '@' when next is '\'' or '"' && words.AtWordStart:
                words.Append([]);
                return Behind(text, $"\n{next}@", at + 2);
            case '\'' or '"':
                return ReadQuotes(text, at + 1, c, words);
            case '#' when words.AtWordStart:
                return text.IndexOf('\n', at) is var end and >= 0 ? end : text.Length;
            case '<' when next == '#':
                return Behind(text, "#>", at + 2);
            case '>':
                words.Redirect();
                return next is '>' or '&' ? at + 2 : at + 1;
            default:
                words.Append(c);
                return at + 1;
        }
    }

    private static int ReadQuotes(string text, int at, char quote, CommandWords words)
    {
        words.Append([]);
        while (at < text.Length)
        {
            var next = at + 1 < text.Length ? text[at + 1] : '\0';
            if (text[at] == quote && next != quote)
            {
                return at + 1;
            }

            // A doubled quote is one; in double quotes the backtick escapes.
            at += text[at] == quote || (text[at] == '`' && quote == '"') ? 1 : 0;
            if (at < text.Length)
            {
                words.Append(text[at++]);
            }
        }

        return text.Length;
    }

    private static int Behind(string text, string end, int at) =>
        at <= text.Length && text.IndexOf(end, at, StringComparison.Ordinal) is var found and >= 0 ? found + end.Length : text.Length;
}
