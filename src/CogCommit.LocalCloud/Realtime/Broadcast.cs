namespace CogCommit.LocalCloud.Realtime;

/// <summary>A row of realtime.messages that is to be told.</summary>
/// <param name="Id">The row's id.</param>
/// <param name="Topic">Without <c>realtime:</c>.</param>
/// <param name="Event">The sender's own word.</param>
/// <param name="Payload">A JSON object, as text.</param>
internal sealed record Broadcast(string Id, string Topic, string Event, string Payload);
