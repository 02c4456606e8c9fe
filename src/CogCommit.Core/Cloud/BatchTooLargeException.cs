namespace CogCommit.Core.Cloud;

/// <summary>The cloud takes no request of this size (HTTP 413): the sender splits it.</summary>
public sealed class BatchTooLargeException(long bytes) : CogCommitException(
    "BatchTooLarge",
    $"The cloud, or a gateway before it, takes no request of {bytes} bytes. Nothing is lost; what is here stays here.",
    ErrorKind.InvalidData)
{
    public long Bytes { get; } = bytes;
}
