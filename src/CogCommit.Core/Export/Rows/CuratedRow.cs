namespace CogCommit.Core.Export.Rows;

/// <summary>What the user said of a commit; merged by (version, updated_at, hash).</summary>
internal sealed record CuratedRow
{
    public string? Title { get; init; }

    public bool TitleSet { get; init; }

    public string? Project { get; init; }

    public bool Published { get; init; }

    public bool Hidden { get; init; }

    public long DisplayOrder { get; init; }

    public long Version { get; init; }

    public required string UpdatedAt { get; init; }

    public string? Hash { get; init; }
}
