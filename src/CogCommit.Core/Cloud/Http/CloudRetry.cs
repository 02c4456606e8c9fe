namespace CogCommit.Core.Cloud.Http;

/// <summary>How long and how often something is tried.</summary>
internal sealed record CloudRetry
{
    /// <summary>Tries in all, the first included.</summary>
    public int Tries { get; init; } = 5;

    /// <summary>Ends one try.</summary>
    public TimeSpan PerTry { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Ends them all, waits included.</summary>
    public TimeSpan Total { get; init; } = TimeSpan.FromMinutes(3);

    public TimeSpan FirstWait { get; init; } = TimeSpan.FromMilliseconds(500);

    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// For tokens: a refresh token that was used, and whose answer was lost, gives the same answer again only within ten seconds.
    /// </summary>
    public static CloudRetry ForTokens { get; } = new() { Tries = 4, PerTry = TimeSpan.FromSeconds(15), Total = TimeSpan.FromSeconds(30), LongestWait = TimeSpan.FromSeconds(2) };

    /// <summary>For pictures: 6 MB at a time, over a line that may be slow.</summary>
    public static CloudRetry ForPictures { get; } = new() { PerTry = TimeSpan.FromMinutes(4), Total = TimeSpan.FromMinutes(15) };

    /// <summary>For who comes back by himself, after waits of his own.</summary>
    public static CloudRetry ForWatching { get; } = new() { Tries = 2 };

    /// <summary>For who asks whether the cloud is there.</summary>
    public static CloudRetry ForLooks { get; } = new() { Tries = 2, PerTry = TimeSpan.FromSeconds(5), Total = TimeSpan.FromSeconds(8), LongestWait = TimeSpan.FromSeconds(1) };
}
