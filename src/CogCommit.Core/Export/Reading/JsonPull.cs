using System.Text.Json;
using CogCommit.Core.Rows;

namespace CogCommit.Core.Export.Reading;

/// <summary>
/// Reads a JSON stream member by member, and a whole value where one is asked for: the memory it takes is that of the largest value.
/// </summary>
internal sealed class JsonPull(Stream stream)
{
    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;
    private bool _final;
    private JsonReaderState _state = new(new JsonReaderOptions { MaxDepth = FieldWriter.MaxDepth });

    /// <summary>Of what was read last, from 1.</summary>
    public long Line { get; private set; } = 1;

    private delegate bool Step<T>(ref Utf8JsonReader reader, out T result);

    /// <summary>The next token must be this one.</summary>
    public void Expect(JsonTokenType token)
    {
        if (Next() != token)
        {
            throw new FormatException($"the structure is not that of an export ({token} expected)");
        }
    }

    /// <summary>The next member's name, or null at the end of the object.</summary>
    public string? Member() => Take<string?>((ref Utf8JsonReader reader, out string? name) =>
    {
        name = null;
        if (!reader.Read())
        {
            return false;
        }

        name = reader.TokenType == JsonTokenType.PropertyName ? reader.GetString() : null;
        return reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.EndObject
            ? true
            : throw new FormatException("the structure is not that of an export (a member expected)");
    });

    /// <summary>True at the start of the next object of an array, false at the array's end.</summary>
    public bool Item() => Next() switch
    {
        JsonTokenType.StartObject => true,
        JsonTokenType.EndArray => false,
        _ => throw new FormatException("the structure is not that of an export (an object expected)"),
    };

    /// <summary>The next value as a whole.</summary>
    public JsonElement Value() => Take((ref Utf8JsonReader reader, out JsonElement value) =>
    {
        value = default;
        if (!JsonDocument.TryParseValue(ref reader, out var document))
        {
            return false;
        }

        using (document)
        {
            value = document.RootElement.Clone();
        }

        return true;
    });

    /// <summary>The next object of an array as a whole, or null at the array's end.</summary>
    public JsonElement? ValueOrEnd() => Take((ref Utf8JsonReader reader, out JsonElement? value) =>
    {
        value = null;
        if (!reader.Read())
        {
            return false;
        }

        if (reader.TokenType == JsonTokenType.EndArray)
        {
            return true;
        }

        if (!JsonDocument.TryParseValue(ref reader, out var document))
        {
            return false;
        }

        using (document)
        {
            value = document.RootElement.Clone();
        }

        return true;
    });

    /// <summary>Nothing but white space may follow.</summary>
    public void ExpectEnd()
    {
        if (Next() != JsonTokenType.None)
        {
            throw new FormatException("there is something after the end");
        }
    }

    private JsonTokenType Next() => Take((ref Utf8JsonReader reader, out JsonTokenType token) =>
    {
        var read = reader.Read();
        token = read ? reader.TokenType : JsonTokenType.None;
        return read || reader.IsFinalBlock;
    });

    /// <summary>Tries a step over what is in the buffer, and again with more of it until it succeeds.</summary>
    private T Take<T>(Step<T> step)
    {
        while (true)
        {
            var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _final, _state);
            if (step(ref reader, out var result))
            {
                var consumed = (int)reader.BytesConsumed;
                Line += _buffer.AsSpan(_start, consumed).Count((byte)'\n');
                _start += consumed;
                _state = reader.CurrentState;
                return result;
            }

            if (_final)
            {
                throw new FormatException("the file stops before its end: it was cut off");
            }

            Fill();
        }
    }

    private void Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _final = read == 0;
    }
}
