namespace CogCommit.Core.Cloud;

/// <summary>Where and how to sign in.</summary>
public sealed class SignInRequest
{
    /// <summary>The Supabase project's address: https, or http for this machine only. Null: the environment's, else the setting supabase-url.</summary>
    public Uri? Url { get; init; }

    /// <summary>The project's public ("anon" or "publishable") key. Null: the environment's, else the setting supabase-anon-key.</summary>
    public string? AnonKey { get; init; }

    /// <summary>Opens no browser: the address is shown, and the redirect may be pasted.</summary>
    public bool NoBrowser { get; init; }

    /// <summary>Signs in with a refresh token instead of a browser. It is single use: the one that the present sign-in began with is not used again.</summary>
    public string? RefreshToken { get; init; }

    /// <summary>Names the cloud and the token where the request does not. Null: it has nothing to say.</summary>
    public SignInEnvironment? Environment { get; init; }

    /// <summary>Nobody is there who could go to a browser: whoever is signed in stays so, and without that and without a token it is an error.</summary>
    public bool Unattended { get; init; }

    /// <summary>How long the browser is waited for.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(5);
}
