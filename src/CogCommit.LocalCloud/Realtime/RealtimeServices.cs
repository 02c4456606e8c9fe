namespace CogCommit.LocalCloud.Realtime;

/// <summary>What every websocket works with.</summary>
internal sealed record RealtimeServices(MessageFeed Feed, TopicPolicy Policy, CloudTokens Tokens, TimeProvider Clock);
