using System.Security.Cryptography;
using System.Text;

namespace CogCommit.Core.Cloud.Auth;

/// <summary>Somebody signed in to a cloud.</summary>
internal sealed record AuthSession(
    Uri Url,
    string AnonKey,
    string UserId,
    string? UserName,
    HiddenText AccessToken,
    HiddenText RefreshToken,
    DateTimeOffset ExpiresAt)
{
    /// <summary>A token that ends this soon would end under way.</summary>
    public static readonly TimeSpan Margin = TimeSpan.FromSeconds(60);

    /// <summary>What <see cref="Fingerprint"/> gives for the refresh token that this sign-in began with; null after a browser's.</summary>
    public string? BegunWith { get; init; }

    /// <summary>Tells a token that was used up from others, without keeping it.</summary>
    public static string Fingerprint(HiddenText token) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token.Reveal())));

    public CloudUser User => new(UserId, UserName, Url, ExpiresAt);

    public bool IsExpired(DateTimeOffset now) => ExpiresAt - now <= Margin;

    public bool SameSignIn(AuthSession? other) =>
        other is not null && other.Url == Url && other.UserId == UserId && other.RefreshToken.Equals(RefreshToken);
}
