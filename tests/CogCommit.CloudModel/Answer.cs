using System.Text.Json;

namespace CogCommit.CloudModel;

/// <summary>Writes an answer and hands it out as the wire's client reads it.</summary>
internal static class Answer
{
    public delegate ReadOnlySpan<byte> WireOf(string id);

    // What DatabaseCloud and the wire's client take.
    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = 1_000 };

    public static JsonElement Of(Action<Utf8JsonWriter> members) => JsonElement.Parse(
        JsonBuffer.ForAnswers.Write(members, static (to, write) =>
        {
            to.WriteStartObject();
            write(to);
            to.WriteEndObject();
        }),
        Reading);

    /// <summary>Rows that are already bytes; one that is not there any more gives none.</summary>
    public static void Rows(Utf8JsonWriter to, string name, IEnumerable<string> ids, WireOf wire)
    {
        to.WriteStartArray(name);
        foreach (var id in ids)
        {
            if (wire(id) is { IsEmpty: false } bytes)
            {
                to.WriteRawValue(bytes, skipInputValidation: true);
            }
        }

        to.WriteEndArray();
    }

    public static void Time(Utf8JsonWriter to, string name, long? micros)
    {
        if (micros is { } known)
        {
            to.WriteString(name, Times.Text(known));
        }
        else
        {
            to.WriteNull(name);
        }
    }

    public static void Quota(Utf8JsonWriter to, ModelCloud cloud)
    {
        to.WritePropertyName("quota");
        if (cloud.Head is not { } head)
        {
            to.WriteNullValue();
            return;
        }

        to.WriteStartObject();
        to.WriteString("tier", "free");
        to.WriteNumber("commit_limit", cloud.CommitLimit);
        to.WriteNumber("commits", head.Commits);
        to.WriteNumber("storage_limit_bytes", cloud.StorageLimitBytes);
        to.WriteNumber("bytes", head.Bytes);
        to.WriteEndObject();
    }
}
