namespace CogCommit.LocalCloud.Rest;

/// <summary>Reads <c>select=id,name:title,sessions!inner(*,turns(*))</c>.</summary>
internal ref struct SelectParser
{
    private const int DeepestEmbedding = 8;

    private readonly ReadOnlySpan<char> _text;
    private int _at;

    private SelectParser(ReadOnlySpan<char> text) => _text = text;

    public static void Parse(string text, TableQuery into)
    {
        var parser = new SelectParser(text);
        parser.Items(into, 0);
        if (parser._at < text.Length)
        {
            throw parser.Unexpected();
        }
    }

    private void Items(TableQuery into, int depth)
    {
        if (depth > DeepestEmbedding)
        {
            throw RestFault.Query($"more than {DeepestEmbedding} relations within each other");
        }

        do
        {
            into.Select.Add(Item(depth));
        }
        while (Take(','));
    }

    private SelectItem Item(int depth)
    {
        if (Take('*'))
        {
            return new SelectItem("*", null);
        }

        var name = Name();
        string? alias = null;
        if (Take(':'))
        {
            (alias, name) = (name, Name());
        }

        string? hint = null;
        var inner = false;
        while (Take('!'))
        {
            var word = Name();
            inner |= word == "inner";
            hint = word is "inner" or "left" ? hint : word;
        }

        if (!Take('('))
        {
            return hint is null && !inner ? new SelectItem(name, alias) : throw Unexpected();
        }

        var embed = new TableQuery();
        if (!Take(')'))
        {
            Items(embed, depth + 1);
            if (!Take(')'))
            {
                throw Unexpected();
            }
        }

        return new SelectItem(name, alias, hint, inner, embed);
    }

    private string Name()
    {
        if (Take('"'))
        {
            var end = _text[_at..].IndexOf('"');
            if (end < 0)
            {
                throw Unexpected();
            }

            var quoted = _text.Slice(_at, end).ToString();
            _at += end + 1;
            return quoted;
        }

        var start = _at;
        while (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] is '_' or '$'))
        {
            _at++;
        }

        return _at > start ? _text[start.._at].ToString() : throw Unexpected();
    }

    private bool Take(char c)
    {
        if (_at >= _text.Length || _text[_at] != c)
        {
            return false;
        }

        _at++;
        return true;
    }

    private readonly RestFault Unexpected() => RestFault.Query(
        $"\"failed to parse select parameter ({_text})\" (line 1, column {_at + 1})",
        "columns, aliases (a:b) and embedded relations (b(*)) are served; casts and paths into JSON are not");
}
