using System.Text;

namespace CogCommit.CloudModel.Json;

/// <summary>What jsonb takes in memory: pg_column_size of a value that came as text.</summary>
internal static class JsonbSize
{
    private const int Word = 4;

    /// <summary>No value takes more than four times as long as it prints, and a few words.</summary>
    public static bool IsAtMost(Jsonb value, long bytes) => 4L * value.PrintedBytes + 8 * Word <= bytes || Of(value) <= bytes;

    /// <summary>The length word, and the value as a container; a scalar stands alone in an array.</summary>
    public static long Of(Jsonb value) => Word + (value.Kind is JsonbKind.Array or JsonbKind.Object ? Container(value) : Put(2 * Word, value));

    // A word for it, one for each item, name and value, and then what those take.
    private static long Container(Jsonb value)
    {
        var end = (long)Word * (1 + value.Items.Count + 2 * value.Members.Count);
        foreach (var item in value.Items)
        {
            end = Put(end, item);
        }

        // All names come before all values.
        foreach (var (name, _) in value.Members)
        {
            end += name.Bytes;
        }

        foreach (var (_, member) in value.Members)
        {
            end = Put(end, member);
        }

        return end;
    }

    private static long Put(long end, Jsonb value) => value.Kind switch
    {
        JsonbKind.String => end + Encoding.UTF8.GetByteCount(value.Text),
        JsonbKind.Number => Aligned(end) + JsonbNumber.Bytes(value.Text),
        JsonbKind.Array or JsonbKind.Object => Aligned(end) + Container(value),
        _ => end,
    };

    private static long Aligned(long end) => (end + Word - 1) / Word * Word;
}
