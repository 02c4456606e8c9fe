using CogCommit.CloudModel.Json;

namespace CogCommit.CloudModel;

/// <summary>What may stand in a field: the functions is_* of the SQL.</summary>
internal static class Check
{
    public static bool IsAbsent(Jsonb? j) => j is null || j.Kind == JsonbKind.Null;

    public static bool IsUuid(Jsonb? j)
    {
        if (j is not { Kind: JsonbKind.String, Text: { Length: 36 } text })
        {
            return false;
        }

        for (var i = 0; i < 36; i++)
        {
            if (i is 8 or 13 or 18 or 23 ? text[i] != '-' : !char.IsAsciiHexDigitLower(text[i]))
            {
                return false;
            }
        }

        return true;
    }

    public static bool IsTime(Jsonb? j) => j is { Kind: JsonbKind.String } && Times.Parse(j.Text) is not null;

    public static bool IsTimeOrAbsent(Jsonb? j) => IsAbsent(j) || IsTime(j);

    public static bool IsText(Jsonb? j, int longest) => j is { Kind: JsonbKind.String } && (j.Text.Length <= longest || Length(j.Text) <= longest);

    public static bool IsTextOrAbsent(Jsonb? j, int longest) => IsAbsent(j) || IsText(j, longest);

    public static bool IsFlagOrAbsent(Jsonb? j) => j is null || j.Kind is JsonbKind.Null or JsonbKind.Boolean;

    public static bool IsInt(Jsonb? j, long low, long high) =>
        j is { Kind: JsonbKind.Number } && IsShortInteger(j.Text) && long.Parse(j.Text, System.Globalization.CultureInfo.InvariantCulture) is var value
        && value >= low && value <= high;

    public static bool IsIntOrAbsent(Jsonb? j, long low, long high) => IsAbsent(j) || IsInt(j, low, high);

    public static bool IsTextsOrAbsent(Jsonb? j) => IsAbsent(j) || j!.Kind == JsonbKind.Array && All(j, JsonbKind.String);

    public static bool IsCallsOrAbsent(Jsonb? j) => IsAbsent(j) || j!.Kind == JsonbKind.Array && All(j, JsonbKind.Object);

    public static bool IsUsageOrAbsent(Jsonb? j) => IsAbsent(j) || j!.IsObject
        && IsIntOrAbsent(j["input_tokens"], 0, 1_000_000_000_000)
        && IsIntOrAbsent(j["output_tokens"], 0, 1_000_000_000_000)
        && IsIntOrAbsent(j["cache_creation_input_tokens"], 0, 1_000_000_000_000)
        && IsIntOrAbsent(j["cache_read_input_tokens"], 0, 1_000_000_000_000);

    /// <summary>Whether something lies 260 levels below.</summary>
    public static bool IsTooDeep(Jsonb? j) => j is not null && j.PrintedBytes >= 260 && HasLevel(j, 260);

    /// <summary>left(text, 100), in characters as PostgreSQL counts them.</summary>
    public static string? First100(string? text)
    {
        if (text is null || text.Length <= 100)
        {
            return text;
        }

        var end = 0;
        for (var i = 0; i < 100 && end < text.Length; i++)
        {
            end += char.IsHighSurrogate(text[end]) ? 2 : 1;
        }

        return text[..end];
    }

    private static bool HasLevel(Jsonb j, int below)
    {
        if (below == 0)
        {
            return true;
        }

        foreach (var item in j.Items)
        {
            if (HasLevel(item, below - 1))
            {
                return true;
            }
        }

        foreach (var (_, value) in j.Members)
        {
            if (HasLevel(value, below - 1))
            {
                return true;
            }
        }

        return false;
    }

    private static bool All(Jsonb array, JsonbKind kind)
    {
        foreach (var item in array.Items)
        {
            if (item.Kind != kind)
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsShortInteger(string text)
    {
        var digits = text.AsSpan(text.StartsWith('-') ? 1 : 0);
        return digits.Length is >= 1 and <= 18 && !digits.ContainsAnyExceptInRange('0', '9');
    }

    private static int Length(string text)
    {
        var length = text.Length;
        foreach (var c in text)
        {
            length -= char.IsLowSurrogate(c) ? 1 : 0;
        }

        return length;
    }
}
