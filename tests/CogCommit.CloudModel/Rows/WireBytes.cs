using System.Buffers;
using System.Text.Encodings.Web;
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
            var buffer = new ArrayBufferWriter<byte>(512);
            using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
            write(json, row);
            json.Flush();
            bytes = buffer.WrittenSpan.ToArray();
            owner = row;
        }

        return bytes;
    }
}
