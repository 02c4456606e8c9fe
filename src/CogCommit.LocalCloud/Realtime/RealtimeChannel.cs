namespace CogCommit.LocalCloud.Realtime;

/// <summary>A topic that a client has joined.</summary>
/// <param name="JoinRef">The join's own reference, which names this membership.</param>
/// <param name="Topic">As the client writes it, with <c>realtime:</c>.</param>
/// <param name="Token">The token it rests on, and when that ends.</param>
/// <param name="Timer">Looks whether the token has ended.</param>
internal sealed record RealtimeChannel(string? JoinRef, string Topic, (string Text, DateTimeOffset Ends) Token, ITimer Timer)
{
    public string Name => Topic[RealtimeSession.TopicPrefix.Length..];
}
