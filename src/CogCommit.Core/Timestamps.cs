using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace CogCommit.Core;

/// <summary>The one text form of times in the store and on the wire: UTC, whole microseconds, sortable as text.</summary>
public static class Timestamps
{
    private const string Form = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";
    private const int OwnLength = 27;

    public static string ToText(DateTimeOffset time) => time.UtcDateTime.ToString(Form, CultureInfo.InvariantCulture);

    /// <summary>Reads RFC 3339 in any precision and offset, and cuts to microseconds. False when it is no such time.</summary>
    public static bool TryParse(string? text, out DateTimeOffset time)
    {
        if (TryParseOwn(text, out time))
        {
            return true;
        }

        // A time alone, or a day without a year, would be completed from the clock.
        if (text is { Length: >= 10 } && char.IsAsciiDigit(text[3]) && text[4] == '-' && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time))
        {
            time = Cut(time);
            return true;
        }

        return false;
    }

    public static DateTimeOffset Parse(string text) =>
        TryParse(text, out var time) ? time : throw new FormatException($"'{text}' is no time in RFC 3339.");

    /// <inheritdoc cref="Parse(string)"/>
    internal static DateTimeOffset Parse(ReadOnlySpan<byte> utf8) => TryParseOwn(utf8, out var time) ? time : Parse(Encoding.UTF8.GetString(utf8));

    private static bool TryParseOwn(ReadOnlySpan<char> text, out DateTimeOffset time)
    {
        Span<byte> utf8 = stackalloc byte[OwnLength];
        time = default;
        return text.Length == OwnLength && Ascii.FromUtf16(text, utf8, out _) == OperationStatus.Done && TryParseOwn(utf8, out time);
    }

    /// <summary>The store's own form and no other, by a parser that is ten times faster than the one for all that a time may look like; it wants a seventh digit.</summary>
    private static bool TryParseOwn(ReadOnlySpan<byte> utf8, out DateTimeOffset time)
    {
        Span<byte> longer = stackalloc byte[OwnLength + 1];
        time = default;
        if (utf8.Length != OwnLength || utf8[^1] != 'Z')
        {
            return false;
        }

        utf8[..^1].CopyTo(longer);
        "0Z"u8.CopyTo(longer[(OwnLength - 1)..]);
        return Utf8Parser.TryParse(longer, out time, out var read, 'O') && read == longer.Length;
    }

    public static DateTimeOffset Cut(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMicrosecond));
}
