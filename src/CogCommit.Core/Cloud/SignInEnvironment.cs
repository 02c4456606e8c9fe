namespace CogCommit.Core.Cloud;

/// <summary>
/// Where and how to sign in, as the environment says it: for tasks and containers, where nobody types. A variable that is empty says
/// nothing, for that is how build services hand over a secret that they do not have.
/// </summary>
/// <param name="variable">Gives a variable's value, or null.</param>
public sealed class SignInEnvironment(Func<string, string?> variable)
{
    public const string UrlVariable = "COGCOMMIT_SUPABASE_URL";

    public const string AnonKeyVariable = "COGCOMMIT_SUPABASE_ANON_KEY";

    public const string RefreshTokenVariable = "COGCOMMIT_REFRESH_TOKEN";

    /// <summary>The variables of this process, each read when it is asked for.</summary>
    public static SignInEnvironment OfThisProcess { get; } = new(Environment.GetEnvironmentVariable);

    /// <exception cref="CogCommitException">InvalidCloudUrl: it is no address.</exception>
    public Uri? Url => Read(UrlVariable) switch
    {
        null => null,
        var text when Uri.TryCreate(text, UriKind.Absolute, out var url) => url,
        _ => throw new CogCommitException(
            "InvalidCloudUrl",
            $"The variable {UrlVariable} holds no address of a cloud. It begins with https://; only a cloud on this machine may have http:// (http://127.0.0.1:54321).",
            ErrorKind.InvalidArgument),
    };

    public string? AnonKey => Read(AnonKeyVariable);

    /// <summary>Whether there is one at all; the token itself is nobody's business outside.</summary>
    public bool HasRefreshToken => RefreshToken is not null;

    internal string? RefreshToken => Read(RefreshTokenVariable);

    private string? Read(string name) => variable(name)?.Trim() is { Length: > 0 } value ? value : null;
}
