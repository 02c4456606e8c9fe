using System.Text.Json;

namespace CogCommit.Core.Cloud.Storage;

/// <summary>
/// The pictures of one user in the bucket <c>visuals</c> (docs/sync-protocol.md, "Pictures"). Paths are the cloud's own words, from its
/// rows. Every call may throw <see cref="CloudUnreachableException"/>, <see cref="CloudRejectedException"/>, or a
/// <see cref="CogCommitException"/> of kind Unauthorized when the user has to sign in again.
/// </summary>
public interface ICloudStorage
{
    Uri Url { get; }

    string UserId { get; }

    /// <summary>Bytes of request bodies since this object was made, tries included.</summary>
    long BytesSent { get; }

    /// <summary>Bytes of answers' bodies since this object was made.</summary>
    long BytesReceived { get; }

    /// <summary>Requests since this object was made, tries included.</summary>
    int Requests { get; }

    /// <summary><c>cogcommit_pictures</c>: which of these paths have an object, and what there is to remove. At most 1,000 paths.</summary>
    Task<JsonElement> LookAsync(IReadOnlyList<string> paths, CancellationToken cancellationToken);

    /// <summary>Sends a picture, in parts where it is larger than 6 MB. One that is there already stays as it is.</summary>
    Task<UploadOutcome> UploadAsync(PictureUpload picture, CancellationToken cancellationToken);

    /// <summary>Writes the object to <paramref name="target"/>, once and in order, going on where a broken line stopped.</summary>
    /// <param name="path">Where it lies.</param>
    /// <param name="size">Its bytes: more are not taken.</param>
    /// <param name="target">Is only written.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>False when there is none, or none that this user may see.</returns>
    /// <exception cref="CogCommitException">VisualDamaged: it is larger.</exception>
    Task<bool> DownloadAsync(string path, long size, Stream target, CancellationToken cancellationToken);

    /// <summary>Removes objects, those of them that the policies let go. Repeating is harmless.</summary>
    /// <returns>The paths that were removed.</returns>
    Task<IReadOnlyList<string>> RemoveAsync(IReadOnlyList<string> paths, CancellationToken cancellationToken);

    /// <summary>Removes every object that nothing can bring back: after a wipe, all of them. Repeating is harmless.</summary>
    Task RemoveLooseAsync(CancellationToken cancellationToken);
}
