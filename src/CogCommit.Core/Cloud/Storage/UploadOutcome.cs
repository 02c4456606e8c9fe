namespace CogCommit.Core.Cloud.Storage;

/// <summary>What became of a picture that was sent.</summary>
/// <param name="Answer">What the cloud says.</param>
/// <param name="Reason">Its words, where it refused.</param>
public sealed record UploadOutcome(UploadAnswer Answer, string? Reason = null);
