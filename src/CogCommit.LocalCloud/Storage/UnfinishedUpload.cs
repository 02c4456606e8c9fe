namespace CogCommit.LocalCloud.Storage;

/// <summary>An upload that comes in parts.</summary>
/// <param name="Id">Random, in lower-case hex: who knows it and is its owner goes on with it.</param>
/// <param name="Owner">The user who began it.</param>
/// <param name="Object">What it becomes.</param>
/// <param name="Length">Bytes in all.</param>
/// <param name="Expires">From then on it is gone.</param>
internal sealed record UnfinishedUpload(string Id, Guid Owner, ObjectUpload Object, long Length, DateTimeOffset Expires);
