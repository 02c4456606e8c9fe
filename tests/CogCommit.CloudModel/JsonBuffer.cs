using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CogCommit.CloudModel;

/// <summary>A writer and its bytes, used again and again by one thread: a simulation makes millions of small answers.</summary>
#pragma warning disable CA1001 // It lives as long as its thread, and writes to memory alone.
internal sealed class JsonBuffer
#pragma warning restore CA1001
{
    [ThreadStatic]
    private static JsonBuffer? forRows;

    [ThreadStatic]
    private static JsonBuffer? forAnswers;

    private readonly ArrayBufferWriter<byte> bytes = new(16 * 1024);
    private readonly Utf8JsonWriter writer;

    private JsonBuffer() => writer = new(bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });

    /// <summary>Rows are written while an answer is.</summary>
    public static JsonBuffer ForRows => forRows ??= new();

    public static JsonBuffer ForAnswers => forAnswers ??= new();

    /// <summary>The bytes are good until the next use.</summary>
    public ReadOnlySpan<byte> Write<T>(T what, Action<Utf8JsonWriter, T> write)
    {
        bytes.ResetWrittenCount();
        writer.Reset();
        write(writer, what);
        writer.Flush();
        return bytes.WrittenSpan;
    }
}
