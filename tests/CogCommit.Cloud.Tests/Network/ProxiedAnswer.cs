using System.Globalization;
using System.Text;

namespace CogCommit.Cloud.Tests.Network;

/// <summary>An answer, the cloud's or one made up, before it is written to the wire, and however it is then mangled.</summary>
internal sealed record ProxiedAnswer(int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, byte[] Body)
{
    public static ProxiedAnswer Of(int status, string body, string type, params (string Name, string Value)[] headers) => new(
        status,
        [KeyValuePair.Create("Content-Type", type), .. headers.Select(header => KeyValuePair.Create(header.Name, header.Value))],
        Encoding.UTF8.GetBytes(body));

    /// <summary>The status line and the headers, and last the one that says how the body ends.</summary>
    public byte[] Head(string framing)
    {
        var head = new StringBuilder().Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {Status} Something\r\n");
        foreach (var (name, value) in Headers)
        {
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }

        return Encoding.UTF8.GetBytes(head.Append(framing).Append("\r\n\r\n").ToString());
    }

    public byte[] Head() => Head($"Content-Length: {Body.Length}");
}
