namespace CogCommit.Core.Cloud;

/// <summary>
/// The cloud gave no answer, or could not serve, after all tries: a state, not an error. Nothing was lost; what is pending waits here.
/// </summary>
public sealed class CloudUnreachableException(Uri url, string reason, Exception? inner = null) : CogCommitException(
    "CloudUnreachable",
    $"The cloud at {url.GetLeftPart(UriPartial.Authority)} cannot be reached: {reason} Nothing is lost; try again when it is back.",
    ErrorKind.Unavailable,
    inner)
{
    public Uri Url { get; } = url;
}
