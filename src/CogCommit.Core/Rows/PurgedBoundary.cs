namespace CogCommit.Core.Rows;

/// <summary>Where a commit ended whose content is gone: what its agent session said later belongs to another one.</summary>
internal sealed record PurgedBoundary(string? AgentSessionId, string ClosedAfter);
