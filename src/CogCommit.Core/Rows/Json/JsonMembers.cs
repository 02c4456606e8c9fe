using System.Text;
using System.Text.Json;

namespace CogCommit.Core.Rows.Json;

/// <summary>
/// Walks the members of a JSON object without making objects of them: each value is the slice of bytes it was written in, so that
/// what nobody asks for is never decoded. Throws JsonException where the text is no JSON; walks nothing where it is no object.
/// </summary>
internal ref struct JsonMembers
{
    // A tool's input may be nested as deep as it likes: what cannot be stored is replaced later, here it only has to be passed.
    internal static readonly JsonReaderOptions Options = new() { MaxDepth = int.MaxValue };

    private readonly ReadOnlySpan<byte> _json;
    private Utf8JsonReader _reader;
    private bool _open;

    public JsonMembers(ReadOnlySpan<byte> json)
    {
        _json = json;
        _reader = new Utf8JsonReader(json, Options);
        _open = !json.IsEmpty && _reader.Read() && _reader.TokenType == JsonTokenType.StartObject;
        IsObject = _open;
    }

    public bool IsObject { get; }

    public ReadOnlySpan<byte> Name { get; private set; }

    public ReadOnlySpan<byte> Value { get; private set; }

    public bool MoveNext()
    {
        if (!_open)
        {
            return false;
        }

        _reader.Read();
        if (_reader.TokenType == JsonTokenType.EndObject)
        {
            // Reading on is what finds text behind the object.
            _open = _reader.Read();
            return false;
        }

        Name = _reader.ValueIsEscaped ? Unescaped(_reader.ValueSpan) : _reader.ValueSpan;
        _reader.Read();
        var start = (int)_reader.TokenStartIndex;
        _reader.Skip();
        Value = _json[start..(int)_reader.BytesConsumed];
        return true;
    }

    private static byte[] Unescaped(ReadOnlySpan<byte> name)
    {
        var replaced = 0;
        return Encoding.UTF8.GetBytes(JsonText.Decode(name, ref replaced));
    }
}
