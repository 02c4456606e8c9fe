namespace CogCommit.Core.Capture.Import;

/// <summary>A transcript on disk.</summary>
/// <param name="Key">The agent session it is named after; of a subagent <c>parent/agent</c>.</param>
/// <param name="Parent">The main session of a subagent's file.</param>
internal sealed record TranscriptFile(string Path, string Key, string? Parent, long Size, long Modified);
