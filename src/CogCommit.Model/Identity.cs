namespace CogCommit;

/// <summary>Who is signed in, and where. Holds no token.</summary>
public sealed class Identity
{
    /// <summary>False when nobody is signed in: the rest is then empty but MachineId and MachineName.</summary>
    public bool SignedIn { get; init; }

    /// <summary>The user's id in the cloud.</summary>
    public string? UserId { get; init; }

    /// <summary>The name the cloud knows (GitHub's, else e-mail), or null.</summary>
    public string? UserName { get; init; }

    /// <summary>The Supabase project's address.</summary>
    public Uri? Url { get; init; }

    /// <summary>This installation.</summary>
    public required string MachineId { get; init; }

    /// <summary>Its name.</summary>
    public required string MachineName { get; init; }

    /// <summary>When the present access token ends; it is renewed by itself.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
