namespace CogCommit.Core.Cloud;

/// <summary>Who is signed in, and where. Holds no token.</summary>
/// <param name="UserId">The user's id in the cloud.</param>
/// <param name="UserName">GitHub's name, else the e-mail address, else null.</param>
/// <param name="Url">The cloud's address.</param>
/// <param name="ExpiresAt">When the present access token ends; it is renewed by itself.</param>
public sealed record CloudUser(string UserId, string? UserName, Uri Url, DateTimeOffset ExpiresAt);
