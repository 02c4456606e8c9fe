using System.Security.Cryptography;
using System.Text;

namespace CogCommit.Core;

/// <summary>Ids that every machine computes alike: UUIDv5 (RFC 9562, section 5.5).</summary>
public static class Ids
{
    /// <summary>The namespace of all local ids.</summary>
    public static readonly Guid Namespace = new("6ba7b810-9dad-11d1-80b4-00c04fd430c8");

    public static string OfCommit(string firstTurnId) => V5(Namespace, firstTurnId);

    public static string OfSession(string agentSessionKey, string commitId) => V5(Namespace, $"{agentSessionKey}\n{commitId}");

    /// <summary>The id itself in lower case if it is a UUID, else one derived from where it stands and its text.</summary>
    public static string OfRecord(string source, string agentSessionKey, string id) =>
        Guid.TryParseExact(id, "D", out var uuid) ? uuid.ToString("D") : V5(Namespace, $"{source}\n{agentSessionKey}\n{id}");

    public static string V5(Guid space, string name)
    {
        var text = Encoding.UTF8.GetBytes(name);
        var bytes = new byte[16 + text.Length];
        space.TryWriteBytes(bytes, bigEndian: true, out _);
        text.CopyTo(bytes, 16);
        // SHA-1 is what RFC 9562 prescribes for version 5; nothing secret depends on it.
#pragma warning disable CA5350
        var hash = SHA1.HashData(bytes);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true).ToString("D");
    }
}
