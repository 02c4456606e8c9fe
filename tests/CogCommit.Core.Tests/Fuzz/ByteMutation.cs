using System.Text;

namespace CogCommit.Core.Tests.Fuzz;

/// <summary>Damage that knows nothing of JSON.</summary>
internal static class ByteMutation
{
    private static readonly byte[][] Foreign =
    [
        [0x00], [0xFF], [0xFE, 0xFF], [0xC0, 0x80], [0xE2, 0x82], [0xF0, 0x9F, 0x98], [0x80],
        // A surrogate alone, as UTF-8 may not write it, and as an escape.
        [0xED, 0xA0, 0xBD], [.. @"\ud83d"u8], [.. @"\ude00"u8], [.. @"\u0000"u8],
        [0xEF, 0xBB, 0xBF], [.. "\r"u8], [.. "\n"u8], [.. "\r\n"u8], [.. "\n\r\n"u8], [.. "\""u8], [.. @"\"u8], [.. "}{"u8], [.. "\u2028"u8], [0x1B, (byte)'['],
    ];

    /// <param name="chance">Decides all of it.</param>
    /// <param name="line">Is not changed itself.</param>
    /// <param name="other">Another line, for splices.</param>
    public static byte[] Of(Random chance, byte[] line, byte[] other)
    {
        var at = chance.Next(line.Length + 1);
        var length = chance.Next(Math.Min(64, line.Length - at + 1));
        return chance.Next(10) switch
        {
            0 or 1 => Flipped(chance, line),
            2 => [.. line.AsSpan(0, at), .. line.AsSpan(at + length)],
            3 => [.. line.AsSpan(0, at), .. Foreign[chance.Next(Foreign.Length)], .. line.AsSpan(at)],
            4 => [.. line.AsSpan(0, at + length), .. line.AsSpan(at)],
            5 => line[..at],
            6 => line[at..],
            7 => [.. line.AsSpan(0, at), .. other.AsSpan(chance.Next(other.Length + 1))],
            8 => [.. line.AsSpan(0, at), .. Foreign[chance.Next(Foreign.Length)], .. line.AsSpan(at + length)],
            _ => Ending(chance, line),
        };
    }

    private static byte[] Flipped(Random chance, byte[] line)
    {
        var flipped = (byte[])line.Clone();
        for (var times = chance.Next(1, 5); times > 0 && flipped.Length > 0; times--)
        {
            flipped[chance.Next(flipped.Length)] ^= (byte)(1 << chance.Next(8));
        }

        return flipped;
    }

    private static byte[] Ending(Random chance, byte[] line) => chance.Next(4) switch
    {
        0 => [.. line, (byte)'\r'],
        1 => [0xEF, 0xBB, 0xBF, .. line],
        2 => Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(line)),
        _ => [.. line, .. line],
    };
}
