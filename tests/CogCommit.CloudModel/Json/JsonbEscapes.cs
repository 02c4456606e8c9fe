using System.Globalization;

namespace CogCommit.CloudModel.Json;

/// <summary>What may be written in JSON by an escape and yet is no text of PostgreSQL's: U+0000, and half a surrogate pair.</summary>
internal static class JsonbEscapes
{
    public static void Check(ReadOnlySpan<byte> json)
    {
        var high = false;
        for (var i = json.IndexOf((byte)'\\'); i >= 0 && i + 1 < json.Length;)
        {
            var length = 2;
            if (json[i + 1] == 'u')
            {
                var code = i + 6 <= json.Length && ushort.TryParse(json.Slice(i + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex) ? hex : -1;
                if (code == 0)
                {
                    throw new ModelRefusedException("22P05", "unsupported Unicode escape sequence");
                }

                if (high != code is >= 0xDC00 and <= 0xDFFF)
                {
                    throw Broken();
                }

                high = code is >= 0xD800 and <= 0xDBFF;
                length = 6;
            }
            else if (high)
            {
                throw Broken();
            }

            var rest = i + length >= json.Length ? -1 : json[(i + length)..].IndexOf((byte)'\\');
            if (high && rest != 0)
            {
                throw Broken();
            }

            i = rest < 0 ? -1 : i + length + rest;
        }
    }

    private static ModelRefusedException Broken() => new("22P02", "invalid input syntax for type json");
}
