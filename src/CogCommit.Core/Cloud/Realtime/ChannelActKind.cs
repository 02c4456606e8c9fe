namespace CogCommit.Core.Cloud.Realtime;

internal enum ChannelActKind
{
    /// <summary>Get a good token and open a connection; then <see cref="NudgeChannel.Opened"/> or <see cref="NudgeChannel.Failed"/>.</summary>
    Open,

    /// <summary>Get a good token; then <see cref="NudgeChannel.TokenGiven"/> or <see cref="NudgeChannel.TokenFailed"/>.</summary>
    Renew,

    /// <summary>Send a frame.</summary>
    Send,

    /// <summary>End the connection, or the try to open one. Nothing that still comes of it may be told.</summary>
    Drop,

    /// <summary>Tell whoever listens.</summary>
    Tell,
}
