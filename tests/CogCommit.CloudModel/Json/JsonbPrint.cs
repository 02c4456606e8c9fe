using System.Buffers;
using System.Text;

namespace CogCommit.CloudModel.Json;

/// <summary>How jsonb becomes text.</summary>
internal static class JsonbPrint
{
    public static string Text(Jsonb value) => Encoding.UTF8.GetString(Bytes(value));

    public static byte[] Bytes(Jsonb value)
    {
        var buffer = new ArrayBufferWriter<byte>(Math.Max(value.PrintedBytes, 1));
        Write(buffer, value);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>How long a text prints, quotes and escapes included.</summary>
    public static int StringBytes(string text)
    {
        var bytes = Encoding.UTF8.GetByteCount(text) + 2;
        foreach (var c in text)
        {
            bytes += Extra(c);
        }

        return bytes;
    }

    private static void Write(ArrayBufferWriter<byte> to, Jsonb value)
    {
        switch (value.Kind)
        {
            case JsonbKind.String:
                WriteString(to, value.Text);
                break;
            case JsonbKind.Array:
                to.Write("["u8);
                for (var i = 0; i < value.Items.Count; i++)
                {
                    to.Write(i == 0 ? ""u8 : ", "u8);
                    Write(to, value.Items[i]);
                }

                to.Write("]"u8);
                break;
            case JsonbKind.Object:
                to.Write("{"u8);
                for (var i = 0; i < value.Members.Count; i++)
                {
                    to.Write(i == 0 ? ""u8 : ", "u8);
                    WriteString(to, value.Members[i].Name.Text);
                    to.Write(": "u8);
                    Write(to, value.Members[i].Value);
                }

                to.Write("}"u8);
                break;
            default:
                Encoding.UTF8.GetBytes(value.Text, to);
                break;
        }
    }

    private static void WriteString(ArrayBufferWriter<byte> to, string text)
    {
        to.Write("\""u8);
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (Extra(text[i]) > 0)
            {
                Encoding.UTF8.GetBytes(text.AsSpan(start, i - start), to);
                Encoding.UTF8.GetBytes(Escaped(text[i]), to);
                start = i + 1;
            }
        }

        Encoding.UTF8.GetBytes(text.AsSpan(start), to);
        to.Write("\""u8);
    }

    /// <summary>By how many bytes a character prints longer than it is.</summary>
    private static int Extra(char c) => c switch
    {
        '"' or '\\' or '\b' or '\f' or '\n' or '\r' or '\t' => 1,
        < ' ' => 5,
        _ => 0,
    };

    private static string Escaped(char c) => c switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\b' => "\\b",
        '\f' => "\\f",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        _ => $"\\u{(int)c:x4}",
    };
}
