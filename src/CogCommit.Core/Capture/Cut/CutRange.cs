using CogCommit.Core.Capture.Fold;

namespace CogCommit.Core.Capture.Cut;

/// <summary>Where the user cut: behind this turn.</summary>
/// <param name="Explicit">Closed by Close-CogCommit; otherwise the last turn known of a commit that was deleted or pruned.</param>
internal readonly record struct UserBoundary(int Ordinal, bool Explicit);

/// <summary>The turns of one commit, first to last, and what is known of its end.</summary>
internal sealed record CutRange(int First, int Last)
{
    /// <summary>git_commit, session_end or explicit.</summary>
    public required string ClosedBy { get; init; }

    /// <summary>The lines of git's that belong to it, in the order of the file.</summary>
    public required IReadOnlyList<Closing> Closings { get; init; }

    /// <summary>Later lines that amended one of its commits.</summary>
    public required IReadOnlyList<Closing> Amended { get; init; }

    /// <summary>How many boundaries of the user there are up to its end: part of its revision.</summary>
    public required int Cuts { get; init; }

    public bool Contains(int ordinal) => ordinal >= First && ordinal <= Last;
}
