using CogCommit.Core.Rows;

namespace CogCommit.Core.Sync;

/// <summary>Two edits of a commit that met, as the conflict archive keeps them.</summary>
internal sealed record ConflictEntry
{
    public required string Id { get; init; }

    public required string CommitId { get; init; }

    /// <summary>The user's half that lost.</summary>
    public required CuratedFields Lost { get; init; }

    /// <summary>What it lost against.</summary>
    public required CuratedFields Won { get; init; }

    public required ConflictSide LostSide { get; init; }

    /// <summary>When they met; the last time, when they met again.</summary>
    public required DateTimeOffset ArchivedAt { get; init; }

    /// <summary>When the user decided; null while he did not.</summary>
    public DateTimeOffset? ResolvedAt { get; init; }

    public CuratedFields Local => LostSide == ConflictSide.Local ? Lost : Won;

    public CuratedFields Cloud => LostSide == ConflictSide.Local ? Won : Lost;

    public CuratedFields Of(ConflictSide side) => side == ConflictSide.Local ? Local : Cloud;
}
