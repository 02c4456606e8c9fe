namespace CogCommit.CloudModel.Rows;

/// <summary>A row of cognitive_commits.</summary>
internal sealed record ModelCommit
{
    private WireBytes wire;

    public required string Id { get; init; }

    public required long Seq { get; init; }

    public required CapturedHalf Captured { get; init; }

    public required CuratedHalf Curated { get; init; }

    public bool Parallel { get; init; }

    /// <summary>Only for tombstones whose own date cannot be counted from.</summary>
    public long? PurgeAfter { get; init; }

    public int StoredTurns { get; init; }

    /// <summary>Of its turns.</summary>
    public long Bytes { get; init; }

    public long VisualBytes { get; init; }

    public bool Purged { get; init; }

    public bool IsLive => Curated.DeletedAt is null;

    public bool HasTurns => Captured.TurnCount > 0 || StoredTurns > 0;

    public long Held => Bytes + VisualBytes;

    /// <summary>The column `title`.</summary>
    public string? ShownTitle => Curated.TitleSet ? Curated.Title : Captured.DerivedTitle;

    /// <summary>The column `project_name`.</summary>
    public string? ShownProject => Curated.Project ?? Captured.Project;

    /// <summary>When it is purged; null: it is not.</summary>
    public long? DueAt => Purged ? null : PurgeAfter ?? Curated.DeletedAt + 30 * Times.Day;

    public ReadOnlySpan<byte> Wire => wire.Of(this, static (to, row) => WireRows.Write(to, row));
}
