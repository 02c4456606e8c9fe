using System.Net;

namespace CogCommit.LocalCloud.Auth;

/// <summary>Where a sign-in may end: a loopback literal with any port, as Supabase Auth accepts without an allow list.</summary>
internal static class LoopbackAddress
{
    public static bool TryParse(string? text, out Uri address) =>
        Uri.TryCreate(text, UriKind.Absolute, out address!)
        && address.Scheme == Uri.UriSchemeHttp
        && address.UserInfo.Length == 0
        && IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip)
        && IPAddress.IsLoopback(ip);
}
