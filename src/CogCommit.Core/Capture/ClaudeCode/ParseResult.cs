namespace CogCommit.Core.Capture.ClaudeCode;

/// <summary>What became of one line: a record, or the reason why it is none, or neither for an empty line.</summary>
internal readonly record struct ParseResult(TranscriptRecord? Record, string? Reason)
{
    public bool IsBad => Reason is not null;

    public static ParseResult Bad(string reason) => new(null, reason);
}
