using CogCommit.Core.Store;

namespace CogCommit.Core.Capture.Import;

/// <summary>A transcript to be read, and from where.</summary>
/// <param name="File">The transcript.</param>
/// <param name="State">Where reading begins.</param>
/// <param name="Stored">The offset that the store notes for it now; not where reading begins, when all is read anew.</param>
/// <param name="WasLeft">An import that read it ended before it was through: what it does at its end was never done.</param>
internal sealed record PlannedFile(TranscriptFile File, TranscriptState State, long Stored, bool WasLeft)
{
    /// <summary>False when another process read on, or anew, meanwhile: what was planned would be folded twice.</summary>
    public bool IsStill(WriteTransaction transaction) =>
        (transaction.Prepare("select offset from transcripts where agent_session_id = $key").With("$key", File.Key).ExecuteScalar() as long? ?? 0) == Stored;
}
