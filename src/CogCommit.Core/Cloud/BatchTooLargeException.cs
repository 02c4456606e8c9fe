namespace CogCommit.Core.Cloud;

/// <summary>The cloud takes no request of this size (HTTP 413): the sender splits it.</summary>
public sealed class BatchTooLargeException(long bytes) : CogCommitException(
    "BatchTooLarge",
    $"The cloud does not take a request of {bytes} bytes.",
    ErrorKind.InvalidData)
{
    public long Bytes { get; } = bytes;
}
