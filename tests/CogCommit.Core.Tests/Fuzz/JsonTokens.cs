using System.Text.Json;

namespace CogCommit.Core.Tests.Fuzz;

/// <summary>Where a value stands in a line.</summary>
/// <param name="Name">The name with its quotes; empty for an item of a list.</param>
/// <param name="Value">The value.</param>
internal readonly record struct JsonToken(Span Name, Span Value)
{
    /// <summary>The value, with its name when it has one.</summary>
    public Span Member => Name.Length > 0 ? new Span(Name.Start, Value.End) : Value;
}

/// <summary>From a byte up to another.</summary>
internal readonly record struct Span(int Start, int End)
{
    public int Length => End - Start;
}

/// <summary>All values of a line, at any depth.</summary>
internal static class JsonTokens
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 1_000_000 };

    public static List<JsonToken> Of(byte[] line)
    {
        var found = new List<JsonToken>();
        var open = new Stack<(Span Name, int Start)>();
        var name = default(Span);
        var reader = new Utf8JsonReader(line, Options);
        try
        {
            while (reader.Read())
            {
                var (start, end) = ((int)reader.TokenStartIndex, (int)reader.BytesConsumed);
                switch (reader.TokenType)
                {
                    case JsonTokenType.PropertyName:
                        // The colon belongs to neither.
                        name = new Span(start, start + reader.ValueSpan.Length + 2);
                        continue;
                    case JsonTokenType.StartObject or JsonTokenType.StartArray:
                        open.Push((name, start));
                        break;
                    case JsonTokenType.EndObject or JsonTokenType.EndArray:
                        var begun = open.Pop();
                        found.Add(new JsonToken(begun.Name, new Span(begun.Start, end)));
                        break;
                    default:
                        found.Add(new JsonToken(name, new Span(start, end)));
                        break;
                }

                name = default;
            }
        }
        catch (JsonException)
        {
            // The values up to the damage are enough.
        }

        return found;
    }
}
