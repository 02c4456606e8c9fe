using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CogCommit.Core.Rows;

/// <summary>
/// The form over which rows are hashed, ours alone and never parsed: each value in a fixed order, as a letter for its kind and, for texts
/// and lists, a length, so that no two different rows have the same form. JSON would not do: the cloud may reorder its members.
/// </summary>
internal sealed class CanonicalForm : IDisposable
{
    // 128 bits: a hash says "the same row" between the devices of one user, who gains nothing from a collision.
    private const int HexDigits = 32;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <param name="kind">What is hashed; a new form of it gets a new word.</param>
    public CanonicalForm(string kind) => Add(kind);

    public CanonicalForm Add(string? text)
    {
        if (text is null)
        {
            return Tag('n');
        }

        var bytes = Encoding.UTF8.GetBytes(text);
        Tag('s', bytes.Length);
        _hash.AppendData(bytes);
        return this;
    }

    public CanonicalForm Add(bool flag) => Tag(flag ? 't' : 'f');

    public CanonicalForm Add(long number) => Add(number.ToString(CultureInfo.InvariantCulture));

    public CanonicalForm Add(DateTimeOffset? time) => Add(time is { } known ? Timestamps.ToText(known) : null);

    public CanonicalForm Add(IReadOnlyCollection<string> texts)
    {
        Tag('l', texts.Count);
        foreach (var text in texts)
        {
            Add(text);
        }

        return this;
    }

    public CanonicalForm Count(int items) => Tag('l', items);

    /// <summary>The first half of the SHA-256, in lower-case hex.</summary>
    public string ToHash() => Convert.ToHexString(_hash.GetHashAndReset())[..HexDigits].ToLowerInvariant();

    public void Dispose() => _hash.Dispose();

    private CanonicalForm Tag(char kind, int length = 0)
    {
        Span<byte> bytes = stackalloc byte[5];
        bytes[0] = (byte)kind;
        BinaryPrimitives.WriteInt32BigEndian(bytes[1..], length);
        _hash.AppendData(bytes);
        return this;
    }
}
