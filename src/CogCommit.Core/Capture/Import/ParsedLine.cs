namespace CogCommit.Core.Capture.Import;

/// <summary>A line of a transcript: a record, or the reason why it is none, or an empty line.</summary>
/// <param name="End">The offset behind it.</param>
/// <param name="Number">From 1.</param>
internal readonly record struct ParsedLine(TranscriptRecord? Record, string? Reason, long End, long Number);
