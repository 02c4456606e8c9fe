namespace CogCommit.Core.Cloud;

/// <summary>How far a device has pulled: the last push it knows, by number and by id. The id tells a restored cloud.</summary>
public sealed record CloudCursor(long Seq, string PushId);
