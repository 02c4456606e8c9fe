using System.Text.Json;

namespace CogCommit.Core.Rows;

/// <summary>Reads the fields of one row of an answer. Whatever is not as the protocol says is an error that names the row and the field.</summary>
internal sealed class RowReader
{
    private readonly JsonElement _row;
    private readonly string _kind;
    private readonly HashSet<string> _known = [];

    public RowReader(JsonElement row, string kind)
    {
        _row = row;
        _kind = kind;
        if (row.ValueKind != JsonValueKind.Object)
        {
            throw BadAnswer($"a {kind} that is no object ({row.ValueKind})");
        }
    }

    public static CogCommitException BadAnswer(string what) => new(
        "BadAnswer",
        $"The cloud's answer holds {what}. Nothing of this answer was stored. If the cloud is newer than this module, update the module.",
        ErrorKind.InvalidData);

    public string Text(string name) => TextOrNull(name) ?? throw Bad(name, "is missing");

    public string? TextOrNull(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } value => TextOf(value, name),
        { } value => throw Bad(name, $"should be a text and is {Shown(value)}"),
    };

    /// <summary>A UUID in lower case.</summary>
    public string Id(string name) => IdOrNull(name) ?? throw Bad(name, "is missing");

    public string? IdOrNull(string name)
    {
        var text = TextOrNull(name);
        return text is null || Guid.TryParseExact(text, "D", out _) ? text?.ToLowerInvariant() : throw Bad(name, "is no UUID");
    }

    /// <summary>A time in the store's text form.</summary>
    public string Time(string name) => TimeOrNull(name) ?? throw Bad(name, "is missing");

    public string? TimeOrNull(string name) => TextOrNull(name) switch
    {
        null => null,
        var text when Timestamps.TryParse(text, out var time) => Timestamps.ToText(time),
        _ => throw Bad(name, "is no time"),
    };

    public bool Flag(string name) => Find(name) switch
    {
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        null => throw Bad(name, "is missing"),
        { } value => throw Bad(name, $"should be true or false and is {Shown(value)}"),
    };

    public int Number(string name)
    {
        var number = LongNumber(name);
        return number is >= int.MinValue and <= int.MaxValue ? (int)number : throw Bad(name, $"is out of range: {number}");
    }

    public long LongNumber(string name) => Find(name) switch
    {
        { ValueKind: JsonValueKind.Number } value when value.TryGetInt64(out var number) => number,
        null => throw Bad(name, "is missing"),
        { } value => throw Bad(name, $"should be a whole number and is {Shown(value)}"),
    };

    /// <summary>An array as JSON text; the empty one when the cloud has none.</summary>
    public string List(string name) => ListOrNull(name) ?? "[]";

    public string? ListOrNull(string name) => Raw(name, JsonValueKind.Array);

    public string? ObjectOrNull(string name) => Raw(name, JsonValueKind.Object);

    public RowReader? Half(string name) => Find(name) is { } half ? new RowReader(half, $"{_kind}'s {name} half") : null;

    public bool FlagOrFalse(string name) => Find(name) is not null && Flag(name);

    /// <summary>Fields that this version does not know would be lost when this device sends the row on: better to stop.</summary>
    public void EndOfRow()
    {
        foreach (var field in _row.EnumerateObject())
        {
            if (!_known.Contains(field.Name))
            {
                throw Bad(field.Name, "is unknown to this version");
            }
        }
    }

    public CogCommitException Bad(string field, string problem) => BadAnswer($"a {_kind}{Name()} whose field '{field}' {problem}");

    private string? Raw(string name, JsonValueKind kind) => Find(name) switch
    {
        null => null,
        { } value when value.ValueKind == kind => Compact(value),
        { } value => throw Bad(name, $"should be {(kind == JsonValueKind.Array ? "a list" : "an object")} and is {Shown(value)}"),
    };

    /// <summary>A field that is null or absent is not there.</summary>
    private JsonElement? Find(string name)
    {
        _known.Add(name);
        return _row.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    private string TextOf(JsonElement value, string name)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate: no text.
            throw Bad(name, "is no Unicode text");
        }
    }

    private string Name() =>
        _row.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String ? $" ({id})" : "";

    private static string Shown(JsonElement value)
    {
        var text = value.GetRawText();
        return text.Length <= 40 ? text : text[..40] + "…";
    }

    private static string Compact(JsonElement value) => RowJson.Compact(value);
}
