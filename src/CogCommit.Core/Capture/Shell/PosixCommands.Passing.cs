using System.Text;

namespace CogCommit.Core.Capture.Shell;

// What holds no command: comments, arithmetic, parameter expansions, redirections and here-documents.
internal sealed partial class PosixCommands
{
    // Stripped tabs are those of <<-, whose end may be indented.
    private readonly record struct HereDocument(string Delimiter, bool StripTabs);

    private const int LongestArithmetic = 1_000;

    private void PassComment()
    {
        while (!AtEnd && _text[_at] != '\n')
        {
            _at++;
        }
    }

    /// <summary>Passes <c>((...))</c>, in which &lt;&lt; shifts and begins no here-document. False where it is not closed as one.</summary>
    private bool TryPassArithmetic()
    {
        var open = 0;
        // A script of brackets alone would else be read to its end for each of them.
        var end = Math.Min(_text.Length, _at + LongestArithmetic);
        for (var i = _at; i < end; i++)
        {
            open += _text[i] switch { '(' => 1, ')' => -1, _ => 0 };
            if (open == 1 && _text[i] == ')' && !(i + 1 < _text.Length && _text[i + 1] == ')'))
            {
                return false;
            }

            if (open == 0)
            {
                _at = i + 1;
                return true;
            }
        }

        return false;
    }

    // ${x:-"}"}: double quotes hide a brace. Substitutions inside are rare enough to be passed over too.
    private void PassBraces()
    {
        var open = 1;
        while (!AtEnd && open > 0)
        {
            var c = _text[_at++];
            open += c switch { '{' => 1, '}' => -1, _ => 0 };
            if (c == '\\')
            {
                _at++;
            }
            else if (c == '"')
            {
                Until('"');
            }
        }
    }

    private void ReadRedirection(char c, CommandWords words)
    {
        if (c != '&' && Next == '(' && _depth < MaxDepth)
        {
            _at += 2;
            ReadList(end: ')');
            words.Append(Expanded);
            return;
        }

        if (c == '<' && Next == '<')
        {
            _at += 2;
            words.Redirect();
            if (!AtEnd && _text[_at] == '<')
            {
                _at++;
            }
            else
            {
                ReadDelimiter(words);
            }

            return;
        }

        // >, >>, >|, >&, <&, <>, &>, &>>
        _at++;
        while (!AtEnd && _text[_at] is '>' or '&' or '|')
        {
            _at++;
        }

        words.Redirect();
    }

    private void ReadDelimiter(CommandWords words)
    {
        var stripTabs = !AtEnd && _text[_at] == '-';
        _at += stripTabs ? 1 : 0;
        while (!AtEnd && _text[_at] is ' ' or '\t')
        {
            _at++;
        }

        var delimiter = new StringBuilder();
        while (!AtEnd && _text[_at] is not (' ' or '\t' or '\n' or ';' or '&' or '|' or '(' or ')' or '<' or '>'))
        {
            var c = _text[_at++];
            if (c is '\'' or '"')
            {
                delimiter.Append(Until(c));
            }
            else if (c != '\\')
            {
                delimiter.Append(c);
            }
        }

        words.Append(Expanded);
        words.EndWord();
        _hereDocuments.Add(new HereDocument(delimiter.ToString(), stripTabs));
    }

    private void PassHereDocuments()
    {
        foreach (var document in _hereDocuments)
        {
            PassHereDocument(document);
        }

        _hereDocuments.Clear();
    }

    private void PassHereDocument(HereDocument document)
    {
        var closedByParenthesis = -1;
        for (var start = _at; start < _text.Length;)
        {
            var end = _text.IndexOf('\n', start);
            var line = _text.AsSpan(start, (end < 0 ? _text.Length : end) - start);
            var indent = document.StripTabs ? line.Length - line.TrimStart('\t').Length : 0;
            var rest = line[indent..];
            if (rest.SequenceEqual(document.Delimiter))
            {
                _at = end < 0 ? _text.Length : end + 1;
                return;
            }

            // "EOF)": shells warn and take it, and agents write it.
            if (closedByParenthesis < 0 && _depth > 1 && rest.Length > document.Delimiter.Length
                && rest.StartsWith(document.Delimiter, StringComparison.Ordinal) && rest[document.Delimiter.Length] == ')')
            {
                closedByParenthesis = start + indent + document.Delimiter.Length;
            }

            start = end < 0 ? _text.Length : end + 1;
        }

        _at = closedByParenthesis < 0 ? _text.Length : closedByParenthesis;
    }
}
