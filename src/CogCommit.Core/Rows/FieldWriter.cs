using System.Buffers;
using System.Text;
using System.Text.Json;
using CogCommit.Core.Rows.Json;

namespace CogCommit.Core.Rows;

/// <summary>Writes the fields of one row.</summary>
internal sealed class FieldWriter(Utf8JsonWriter json, RowForm form)
{
    /// <summary>Deeper JSON than this is not taken for JSON; capture keeps to 256.</summary>
    public const int MaxDepth = 1000;

    // A tool's input is nested up to 256, below the list of calls and the call.
    private const int DeepestOnWire = StorableJson.MaxDepth + 2;

    public RowForm Form => form;

    public void Text(string name, string? value) =>
        json.WriteString(name, value is null || form == RowForm.File ? value : Storable(value));

    public void Flag(string name, bool value) => json.WriteBoolean(name, value);

    public void Number(string name, long value) => json.WriteNumber(name, value);

    public void Bytes(string name, byte[]? value)
    {
        if (value is null)
        {
            json.WriteNull(name);
        }
        else
        {
            json.WriteBase64String(name, value);
        }
    }

    public void Object(string name, Action members)
    {
        json.WriteStartObject(name);
        members();
        json.WriteEndObject();
    }

    /// <summary>A column that holds JSON. What is none cannot go to the cloud; into a file it goes as a text.</summary>
    /// <exception cref="JsonException">On the wire: it is no JSON.</exception>
    public void Json(string name, string? value)
    {
        json.WritePropertyName(name);
        if (value is null)
        {
            json.WriteNullValue();
        }
        else if (form == RowForm.Wire)
        {
            // A NUL or a number without end would have PostgreSQL refuse the whole batch, not this row alone (design 3, rule 13).
            var replaced = 0;
            json.WriteRawValue(StorableJson.Rewrite(Encoding.UTF8.GetBytes(value), ref replaced, DeepestOnWire), skipInputValidation: true);
        }
        else
        {
            AsItStands(value);
        }
    }

    /// <summary>Byte for byte. Only where lines break between tokens the space between them goes, since a row is a line: somebody has formatted the file it came from.</summary>
    private void AsItStands(string value)
    {
        var room = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetByteCount(value));
        var text = room.AsSpan(0, Encoding.UTF8.GetBytes(value, room)).Trim(JsonSpace.Characters);
        if (IsStructure(text))
        {
            json.WriteRawValue(text.IndexOfAny((byte)'\n', (byte)'\r') < 0 ? text : JsonSpace.Remove(text), skipInputValidation: true);
        }
        else
        {
            json.WriteStringValue(value);
        }

        ArrayPool<byte>.Shared.Return(room);
    }

    /// <summary>Whether it is an object or an array of JSON.</summary>
    private static bool IsStructure(ReadOnlySpan<byte> text)
    {
        if (text is not [(byte)'{' or (byte)'[', ..])
        {
            return false;
        }

        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            while (reader.Read())
            {
            }
        }
        catch (JsonException)
        {
            return false;
        }

        return true;
    }

    /// <summary>Rows that came from elsewhere than capture may hold what PostgreSQL cannot (design 3, rule 13).</summary>
    private static string Storable(string value)
    {
        if (!value.Contains('\0', StringComparison.Ordinal) && !value.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
        {
            return value;
        }

        var text = new StringBuilder(value.Length);
        foreach (var rune in value.EnumerateRunes())   // a lone surrogate comes out as U+FFFD
        {
            text.Append(rune.Value == 0 ? Rune.ReplacementChar : rune);
        }

        return text.ToString();
    }
}
