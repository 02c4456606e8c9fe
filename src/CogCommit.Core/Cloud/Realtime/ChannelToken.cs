namespace CogCommit.Core.Cloud.Realtime;

/// <summary>An access token, and how long it still is one.</summary>
internal sealed record ChannelToken(HiddenText Text, TimeSpan Life);
