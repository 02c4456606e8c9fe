using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace CogCommit.Testing;

/// <summary>Pictures of one pixel that any viewer opens, made here: no test needs a file of somebody's.</summary>
internal static class Png
{
    /// <param name="seed">Another one is another picture.</param>
    /// <param name="bytes">At least so large: a comment of no meaning fills it.</param>
    public static byte[] Of(int seed, int bytes = 0)
    {
        var file = new MemoryStream();
        file.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        // One pixel, 8 bits, RGB.
        Chunk(file, "IHDR", [0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0]);
        if (bytes > 0)
        {
            var filling = new byte[bytes];
            new Random(seed).NextBytes(filling);
            Chunk(file, "coGc", filling);
        }

        var pixels = new MemoryStream();
        using (var packed = new ZLibStream(pixels, CompressionLevel.Optimal, leaveOpen: true))
        {
            packed.Write([0, (byte)seed, (byte)(seed >> 8), (byte)(seed >> 16)]);
        }

        Chunk(file, "IDAT", pixels.ToArray());
        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    private static void Chunk(Stream file, string name, byte[] content)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        file.Write(number);
        byte[] named = [.. Encoding.ASCII.GetBytes(name), .. content];
        file.Write(named);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(named));
        file.Write(number);
    }

    private static uint Crc(byte[] content)
    {
        var crc = uint.MaxValue;
        foreach (var one in content)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            }
        }

        return ~crc;
    }
}
