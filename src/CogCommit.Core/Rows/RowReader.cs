using System.Text.Json;
using CogCommit.Core.Store;

namespace CogCommit.Core.Rows;

/// <summary>Reads the fields of one row. Whatever is not as it should be is a FormatException that names the row and the field.</summary>
internal sealed class RowReader
{
    private const int GreatestVersion = 1 << 30;

    private readonly JsonElement _row;
    private readonly string _kind;
    private readonly HashSet<string> _known = [];

    public RowReader(JsonElement row, string kind, RowForm form = RowForm.Wire)
    {
        _row = row;
        _kind = kind;
        Form = form;
        if (row.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException($"a {kind} that is no object ({row.ValueKind})");
        }
    }

    public RowForm Form { get; }

    public string Text(string name) => TextOrNull(name) ?? throw Bad(name, "is missing");

    public string? TextOrNull(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } value => TextOf(value, name),
        { } value => throw Bad(name, $"should be a text and is {Shown(value)}"),
    };

    /// <summary>One of a few words.</summary>
    public string Word(string name, params string[] words)
    {
        var word = Text(name);
        return words.Contains(word) ? word : throw Bad(name, $"is '{word}', which is none of {string.Join(", ", words)}");
    }

    /// <summary>A UUID in lower case. A file has the ids of its store, which the original did not always make of UUIDs.</summary>
    public string Id(string name) => IdOrNull(name) is { Length: > 0 } id ? id : throw Bad(name, "is missing");

    public string? IdOrNull(string name)
    {
        var text = TextOrNull(name);
        return text is null || Form == RowForm.File ? text : Guid.TryParseExact(text, "D", out _) ? text.ToLowerInvariant() : throw Bad(name, "is no UUID");
    }

    /// <summary>A SHA-256 in lower-case hex. It names a file on this machine, so nothing else may stand there.</summary>
    public string? ContentHashOrNull(string name) => TextOrNull(name) switch
    {
        null => null,
        var text when VisualFiles.IsHash(text) => text,
        _ => throw Bad(name, "is no SHA-256 in lower-case hex"),
    };

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

    /// <summary>Of an edit. The cloud watches over its own; a greater one out of a file would be refused there for good.</summary>
    public int Version() => Number("version") is var version && (Form == RowForm.Wire || version is >= 1 and <= GreatestVersion)
        ? version
        : throw Bad("version", $"is not from 1 to {GreatestVersion}");

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

    public byte[]? Base64OrNull(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } value when value.TryGetBytesFromBase64(out var bytes) => bytes,
        _ => throw Bad(name, "is no base64"),
    };

    public RowReader? Half(string name) => Find(name) is { } half ? new RowReader(half, $"{_kind}'s {name} half", Form) : null;

    public bool FlagOrFalse(string name) => Find(name) is not null && Flag(name);

    /// <summary>
    /// Fields that this version does not know would be lost when this device sends the row on: better to stop. A file has its own version,
    /// and members beside those of the row.
    /// </summary>
    public void EndOfRow()
    {
        if (Form == RowForm.File)
        {
            return;
        }

        foreach (var field in _row.EnumerateObject())
        {
            if (!_known.Contains(field.Name))
            {
                throw Bad(field.Name, "is unknown to this version");
            }
        }
    }

    private FormatException Bad(string field, string problem) => new($"a {_kind}{Name()} whose field '{field}' {problem}");

    private string? Raw(string name, JsonValueKind kind) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } value when Form == RowForm.File => TextOf(value, name),
        { } value when Form == RowForm.File => value.GetRawText(),
        { } value when value.ValueKind == kind => RowJson.Compact(value),
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
        // As it is written: it may be no text at all.
        _row.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String ? $" ({Shown(id).Trim('"')})" : "";

    private static string Shown(JsonElement value)
    {
        var text = value.GetRawText();
        return text.Length <= 40 ? text : text[..40] + "…";
    }
}
