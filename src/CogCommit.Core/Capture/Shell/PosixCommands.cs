namespace CogCommit.Core.Capture.Shell;

/// <summary>
/// The simple commands of a script for sh, bash or zsh, each as its words: those of subshells and substitutions too, but nothing that
/// stands in quotes, here-documents or comments. A reader, not a shell: nothing is expanded, and no script is wrong to it.
/// </summary>
internal sealed partial class PosixCommands
{
    // Deeper substitutions are passed over as text, so that no script can exhaust the stack.
    private const int MaxDepth = 64;
    private const char Expanded = '\uFFFC';

    private readonly string _text;
    private readonly List<HereDocument> _hereDocuments = [];
    private readonly List<IReadOnlyList<string>> _commands = [];
    private int _at;
    private int _depth;

    private PosixCommands(string text) => _text = text;

    public static IReadOnlyList<IReadOnlyList<string>> In(string script)
    {
        var reader = new PosixCommands(script.Replace("\r\n", "\n", StringComparison.Ordinal));
        reader.ReadList(end: null);
        return reader._commands;
    }

    private bool AtEnd => _at >= _text.Length;

    private char Next => _at + 1 < _text.Length ? _text[_at + 1] : '\0';

    /// <summary>Reads commands up to the end of the text, or behind the character that ends a substitution.</summary>
    private void ReadList(char? end)
    {
        _depth++;
        var words = new CommandWords();
        var subshells = 0;
        while (!AtEnd)
        {
            var c = _text[_at];
            if (c == end && subshells == 0)
            {
                _at++;
                break;
            }

            subshells += c == '(' ? 1 : c == ')' ? -1 : 0;
            subshells = Math.Max(subshells, 0);
            ReadPart(c, words);
        }

        words.EndCommand();
        _commands.AddRange(words.Commands);
        _depth--;
    }

    private void ReadPart(char c, CommandWords words)
    {
        switch (c)
        {
            case '\n':
                _at++;
                words.EndCommand();
                PassHereDocuments();
                break;
            case ' ' or '\t':
                _at++;
                words.EndWord();
                break;
            case '#' when words.AtWordStart:
                PassComment();
                break;
            case '(' when words.AtCommandStart && Next == '(' && TryPassArithmetic():
                break;
            case '&' when Next == '>':
            case '<' or '>':
                ReadRedirection(c, words);
                break;
            case ';' or '|' or '&' or '(' or ')':
                _at++;
                words.EndCommand();
                break;
            default:
                ReadWordPart(c, words);
                break;
        }
    }

    private void ReadWordPart(char c, CommandWords words)
    {
        switch (c)
        {
            case '\\':
                ReadEscape(words);
                break;
            case '\'':
                _at++;
                words.Append(Until('\''));
                break;
            case '"':
                _at++;
                ReadDoubleQuotes(words);
                break;
            case '$' or '`':
                ReadExpansion(words);
                break;
            default:
                _at++;
                words.Append(c);
                break;
        }
    }

    private void ReadEscape(CommandWords words)
    {
        var escaped = Next;
        _at += 2;

        // A backslash before a newline joins the lines.
        if (escaped is not ('\n' or '\0'))
        {
            words.Append(escaped);
        }
    }

    private void ReadDoubleQuotes(CommandWords words)
    {
        words.Append([]);
        while (!AtEnd)
        {
            switch (_text[_at])
            {
                case '"':
                    _at++;
                    return;
                case '\\':
                    ReadEscape(words);
                    break;
                case '$' or '`':
                    ReadExpansion(words, quoted: true);
                    break;
                default:
                    words.Append(_text[_at++]);
                    break;
            }
        }
    }

    private void ReadExpansion(CommandWords words, bool quoted = false)
    {
        var isBacktick = _text[_at] == '`';
        if (_depth >= MaxDepth)
        {
            words.Append(_text[_at++]);
        }
        else if (isBacktick)
        {
            _at++;
            ReadBackticks();
            words.Append(Expanded);
        }
        else if (Next == '(')
        {
            _at++;
            if (Next != '(' || !TryPassArithmetic())
            {
                _at++;
                ReadList(end: ')');
            }

            words.Append(Expanded);
        }
        else if (Next == '{')
        {
            _at += 2;
            PassBraces();
            words.Append(Expanded);
        }
        else if (Next == '\'' && !quoted)
        {
            _at += 2;
            ReadAnsiQuotes(words);
        }
        else
        {
            words.Append(_text[_at++]);
        }
    }

    // A backtick inside is escaped, so the substitution is its own small script.
    private void ReadBackticks()
    {
        var start = _at;
        while (!AtEnd && _text[_at] != '`')
        {
            _at += _text[_at] == '\\' ? 2 : 1;
        }

        var end = Math.Min(_at, _text.Length);
        _at = end + 1;
        var inner = new PosixCommands(_text[start..end].Replace(@"\`", "`", StringComparison.Ordinal)) { _depth = _depth };
        inner.ReadList(end: null);
        _commands.AddRange(inner._commands);
    }

    private void ReadAnsiQuotes(CommandWords words)
    {
        words.Append([]);
        while (!AtEnd && _text[_at] != '\'')
        {
            words.Append(_text[_at]);
            _at += _text[_at] == '\\' ? 2 : 1;
        }

        _at++;
    }

    /// <summary>The text up to a character, and behind it.</summary>
    private ReadOnlySpan<char> Until(char end)
    {
        var start = Math.Min(_at, _text.Length);
        var found = _text.IndexOf(end, start);
        _at = found < 0 ? _text.Length : found + 1;
        return _text.AsSpan(start, (found < 0 ? _text.Length : found) - start);
    }
}
