using System.Text;

namespace CogCommit.CloudModel.Json;

/// <summary>A member's name. The same few come again and again, so they are kept.</summary>
internal sealed class JsonbName
{
    private static readonly JsonbName?[] Kept = new JsonbName?[1024];

    private readonly byte[] utf8;

    private JsonbName(ReadOnlySpan<byte> utf8)
    {
        this.utf8 = utf8.ToArray();
        Text = Encoding.UTF8.GetString(utf8);
        PrintedBytes = JsonbPrint.StringBytes(Text);
    }

    public string Text { get; }

    public int PrintedBytes { get; }

    public int Bytes => utf8.Length;

    public static JsonbName Of(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length is 0 or > 64)
        {
            return new JsonbName(utf8);
        }

        var slot = ((utf8.Length * 31 + utf8[0]) * 31 + utf8[^1]) * 31 + utf8[utf8.Length / 2] & (Kept.Length - 1);
        if (Kept[slot] is { } kept && utf8.SequenceEqual(kept.utf8))
        {
            return kept;
        }

        return Kept[slot] = new JsonbName(utf8);
    }

    /// <summary>jsonb keeps its members in this order: shorter names first, then by bytes.</summary>
    public int CompareTo(JsonbName other) => utf8.Length != other.utf8.Length
        ? utf8.Length - other.utf8.Length
        : utf8.AsSpan().SequenceCompareTo(other.utf8);
}
