using System.Security.Cryptography;
using System.Text;

namespace CogCommit.Core.Cloud.Auth;

/// <summary>RFC 7636, method S256: whoever catches the code on its way cannot use it.</summary>
internal sealed class Pkce
{
    private Pkce(string verifier) => Verifier = new HiddenText(verifier);

    public HiddenText Verifier { get; }

    public string Challenge => Base64Url(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier.Reveal())));

    public static Pkce Create() => new(RandomText(32));

    public static Pkce Of(string verifier) => new(verifier);

    /// <summary>Random bytes as text that fits in a URL.</summary>
    public static string RandomText(int bytes) => Base64Url(RandomNumberGenerator.GetBytes(bytes));

    private static string Base64Url(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
