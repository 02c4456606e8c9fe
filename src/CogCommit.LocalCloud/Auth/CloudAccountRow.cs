namespace CogCommit.LocalCloud.Auth;

/// <summary>A row of auth.users, as far as tokens and answers show it. The metadata are JSON objects.</summary>
internal sealed record CloudAccountRow(Guid Id, string Email, string AppMetadata, string UserMetadata, DateTimeOffset CreatedAt);
