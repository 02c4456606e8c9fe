using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace CogCommit.CloudModel.Json;

/// <summary>Reads a text as jsonb does, in one pass, and refuses what jsonb refuses.</summary>
internal static class JsonbReader
{
    // Far beyond what any row may have and what PostgreSQL's stack takes.
    private const int MaxDepth = 4_000;

    public static Jsonb Read(ReadOnlySpan<byte> utf8)
    {
        if (!Utf8.IsValid(utf8))
        {
            throw new ModelRefusedException("22021", "invalid byte sequence for encoding \"UTF8\"");
        }

        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            JsonbEscapes.Check(utf8);
            reader.Read();
            var value = Value(ref reader);
            while (reader.Read())
            {
            }

            return value;
        }
        catch (JsonException)
        {
            throw new ModelRefusedException("22P02", "invalid input syntax for type json");
        }
    }

    private static Jsonb Value(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.StartObject => Object(ref reader),
        JsonTokenType.StartArray => Array(ref reader),
        JsonTokenType.String => String(ref reader),
        JsonTokenType.Number => Number(JsonbNumber.Print(reader.ValueSpan)),
        JsonTokenType.True => Jsonb.True,
        JsonTokenType.False => Jsonb.False,
        _ => Jsonb.Null,
    };

    private static Jsonb Number(string text) => new() { Kind = JsonbKind.Number, Text = text, PrintedBytes = text.Length };

    private static Jsonb String(ref Utf8JsonReader reader)
    {
        var text = reader.GetString()!;
        return new()
        {
            Kind = JsonbKind.String,
            Text = text,
            PrintedBytes = reader.ValueIsEscaped ? JsonbPrint.StringBytes(text) : reader.ValueSpan.Length + 2,
        };
    }

    private static Jsonb Array(ref Utf8JsonReader reader)
    {
        var items = new List<Jsonb>();
        var bytes = 2;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var item = Value(ref reader);
            bytes += item.PrintedBytes + (items.Count == 0 ? 0 : 2);
            items.Add(item);
        }

        return new() { Kind = JsonbKind.Array, Items = items, PrintedBytes = bytes };
    }

    private static Jsonb Object(ref Utf8JsonReader reader)
    {
        var members = new List<(JsonbName Name, Jsonb Value)>(16);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.ValueIsEscaped ? JsonbName.Of(Encoding.UTF8.GetBytes(reader.GetString()!)) : JsonbName.Of(reader.ValueSpan);
            reader.Read();
            Put(members, name, Value(ref reader));
        }

        var bytes = 2 + Math.Max(0, members.Count - 1) * 2;
        foreach (var (name, value) in members)
        {
            bytes += name.PrintedBytes + 2 + value.PrintedBytes;
        }

        return new() { Kind = JsonbKind.Object, Members = members, PrintedBytes = bytes };
    }

    private static void Put(List<(JsonbName Name, Jsonb Value)> members, JsonbName name, Jsonb value)
    {
        var (low, high) = (0, members.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            var order = members[middle].Name.CompareTo(name);
            if (order == 0)
            {
                members[middle] = (name, value);
                return;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle);
        }

        members.Insert(low, (name, value));
    }
}
