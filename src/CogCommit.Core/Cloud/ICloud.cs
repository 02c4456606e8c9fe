using System.Text.Json;

namespace CogCommit.Core.Cloud;

/// <summary>
/// The functions of docs/sync-protocol.md, said to one cloud as one user. Every call may throw
/// <see cref="CloudUnreachableException"/>, <see cref="BatchTooLargeException"/>, <see cref="CloudRejectedException"/>,
/// or a <see cref="CogCommitException"/> of kind Unauthorized when the user has to sign in again.
/// </summary>
public interface ICloud
{
    Uri Url { get; }

    string UserId { get; }

    /// <summary>Bytes of request bodies since this object was made, tries included.</summary>
    long BytesSent { get; }

    /// <summary>Bytes of answers' bodies since this object was made.</summary>
    long BytesReceived { get; }

    /// <summary>Requests since this object was made, tries included.</summary>
    int Requests { get; }

    /// <summary><c>cogcommit_push</c>. The bytes are the batch itself, a JSON object in UTF-8. Repeating is harmless.</summary>
    Task<JsonElement> PushAsync(ReadOnlyMemory<byte> batchUtf8, CancellationToken cancellationToken);

    /// <summary><c>cogcommit_pull</c>; a null cursor pulls from the beginning.</summary>
    Task<JsonElement> PullAsync(CloudCursor? cursor, int maxBytes, CancellationToken cancellationToken);

    /// <summary><c>cogcommit_digest</c>; <paramref name="after"/> is the last commit id of the page before.</summary>
    Task<JsonElement> DigestAsync(string? after, int maxRows, CancellationToken cancellationToken);

    /// <summary><c>cogcommit_wipe</c>: all that the user has there, or, as a dry run, how much that is. Repeating is harmless.</summary>
    Task<JsonElement> WipeAsync(bool dryRun, CancellationToken cancellationToken);

    /// <summary><c>cogcommit_delete_account</c>: the user too. Repeating is harmless.</summary>
    Task<JsonElement> DeleteAccountAsync(CancellationToken cancellationToken);
}
