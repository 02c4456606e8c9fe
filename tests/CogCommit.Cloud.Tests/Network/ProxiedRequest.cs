using System.Text;

namespace CogCommit.Cloud.Tests.Network;

/// <summary>A request as it came over the wire: the first has the number 1, and came so long after the proxy began, on the test's clock.</summary>
internal sealed record ProxiedRequest(
    int Number, string Method, string Target, IReadOnlyList<KeyValuePair<string, string>> Headers, byte[] Body, TimeSpan At)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public bool IsPull => Target.EndsWith("/cogcommit_pull", StringComparison.Ordinal);

    public bool IsPush => Target.EndsWith("/cogcommit_push", StringComparison.Ordinal);

    public bool IsGrant => Target.StartsWith("/auth/v1/token", StringComparison.Ordinal);

    public string? Header(string name) =>
        Headers.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
}
