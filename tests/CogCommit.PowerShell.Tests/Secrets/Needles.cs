using System.Buffers;
using System.Text;

namespace CogCommit.PowerShell.Tests.Secrets;

/// <summary>Secrets, in the forms in which they might get out: as they are, escaped for an address, in base64, and each part of a JWT.</summary>
internal sealed class Needles
{
    // What is shorter stands in any text by chance.
    private const int Shortest = 8;

    private readonly Dictionary<string, string> _names = [];
    private SearchValues<string>? _values;

    public int Count => _names.Count;

    public void Add(string name, string? secret)
    {
        if (secret is null || secret.Length < Shortest)
        {
            return;
        }

        // The first part of a JWT is the same for everybody: it names the algorithm.
        foreach (var part in secret.Split('.').Skip(1).Prepend(secret))
        {
            AddForms(name, part);
        }
    }

    /// <returns>The name of a secret that stands in the text, and how; null when there is none.</returns>
    public string? FindIn(string text)
    {
        _values ??= SearchValues.Create([.. _names.Keys], StringComparison.Ordinal);
        var at = text.AsSpan().IndexOfAny(_values);
        if (at < 0)
        {
            return null;
        }

        var found = _names.First(needle => text.AsSpan(at).StartsWith(needle.Key, StringComparison.Ordinal)).Value;
        return $"{found}, after '{text[Math.Max(0, at - 60)..at]}'";
    }

    /// <summary>The same in a file: as UTF-8 and as UTF-16.</summary>
    public string? FindIn(byte[] bytes)
    {
        var text = Encoding.Latin1.GetString(bytes);
        return FindIn(text) ?? FindIn(text.Replace("\0", "", StringComparison.Ordinal));
    }

    private void AddForms(string name, string secret)
    {
        Put(secret, name);
        Put(Uri.EscapeDataString(secret), name + ", escaped");
        var bytes = Encoding.UTF8.GetBytes(secret);
        for (var before = 0; before < 3; before++)
        {
            // In base64 a text looks different after no, one or two other bytes; its first and last letters also belong to what stands around it.
            var around = Convert.ToBase64String([.. new byte[before], .. bytes]).TrimEnd('=');
            var inside = around[(before == 0 ? 0 : before + 1)..^((before + bytes.Length) % 3 == 0 ? 0 : 1)];
            Put(inside, name + ", in base64");
            Put(inside.Replace('+', '-').Replace('/', '_'), name + ", in base64 for addresses");
        }

        Put(Convert.ToHexString(bytes), name + ", in hex");
        Put(Convert.ToHexStringLower(bytes), name + ", in hex");
    }

    private void Put(string needle, string name)
    {
        if (needle.Length >= Shortest && _names.TryAdd(needle, name))
        {
            _values = null;
        }
    }
}
