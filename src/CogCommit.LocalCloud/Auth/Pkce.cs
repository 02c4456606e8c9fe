using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace CogCommit.LocalCloud.Auth;

/// <summary>RFC 7636, method S256 only.</summary>
internal static class Pkce
{
    /// <summary>43 to 128 characters of the unreserved set: RFC 7636, section 4.2.</summary>
    public static bool IsChallenge(string? text) =>
        text is { Length: >= 43 and <= 128 } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~');

    public static bool Matches(string challenge, string verifier) => CryptographicOperations.FixedTimeEquals(
        Encoding.ASCII.GetBytes(Base64UrlEncoder.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(verifier)))),
        Encoding.ASCII.GetBytes(challenge));
}
