using System.Text.Json;

namespace CogCommit.Core.Rows.Json;

/// <summary>Walks the items of a JSON array as slices; walks nothing where it is no array. See <see cref="JsonMembers"/>.</summary>
internal ref struct JsonItems
{
    private readonly ReadOnlySpan<byte> _json;
    private Utf8JsonReader _reader;
    private bool _open;

    public JsonItems(ReadOnlySpan<byte> json)
    {
        _json = json;
        _reader = new Utf8JsonReader(json, JsonMembers.Options);
        _open = !json.IsEmpty && _reader.Read() && _reader.TokenType == JsonTokenType.StartArray;
    }

    public ReadOnlySpan<byte> Value { get; private set; }

    public bool MoveNext()
    {
        if (!_open)
        {
            return false;
        }

        _reader.Read();
        if (_reader.TokenType == JsonTokenType.EndArray)
        {
            _open = false;
            return false;
        }

        var start = (int)_reader.TokenStartIndex;
        _reader.Skip();
        Value = _json[start..(int)_reader.BytesConsumed];
        return true;
    }
}
