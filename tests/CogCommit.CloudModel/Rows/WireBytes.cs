using System.Text.Json;

namespace CogCommit.CloudModel.Rows;

/// <summary>A row as it travels, made when it first does. `with` copies a row's fields, this one too, so it remembers whose bytes it holds.</summary>
internal struct WireBytes
{
    private object? owner;
    private byte[]? bytes;

    public ReadOnlySpan<byte> Of<T>(T row, Action<Utf8JsonWriter, T> write)
        where T : class
    {
        if (!ReferenceEquals(owner, row))
        {
            bytes = JsonBuffer.ForRows.Write(row, write).ToArray();
            owner = row;
        }

        return bytes;
    }
}
