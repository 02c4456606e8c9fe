using CogCommit.CloudModel.Json;

namespace CogCommit.CloudModel.Rows;

/// <summary>The columns of a commit that its user fills.</summary>
internal sealed record CuratedHalf
{
    /// <summary>The user's own; null where the derived one is shown.</summary>
    public string? Title { get; init; }

    public bool TitleSet { get; init; }

    public string? Project { get; init; }

    public bool Published { get; init; }

    public bool Hidden { get; init; }

    public int DisplayOrder { get; init; }

    public long? DeletedAt { get; init; }

    public int Version { get; init; } = 1;

    public required long UpdatedAt { get; init; }

    /// <summary>Null: no device has sent this half.</summary>
    public string? Hash { get; init; }

    public static CuratedHalf Of(Jsonb j, long now) => new()
    {
        Title = Field.FlagOf(j["title_set"]) ? j.TextOf("title") : null,
        TitleSet = Field.FlagOf(j["title_set"]),
        Project = j.TextOf("project"),
        Published = Field.FlagOf(j["published"]),
        Hidden = Field.FlagOf(j["hidden"]),
        DisplayOrder = (int)Field.NumberOf(j["display_order"]),
        DeletedAt = Field.TimeOrNull(j["deleted_at"]),
        Version = (int)Field.NumberOf(j["version"]),
        UpdatedAt = Field.Lowered(Field.TimeOf(j["updated_at"]), now),
        Hash = j.TextOf("hash"),
    };

    public CuratedHalf Purged() => this with { Title = null, Project = null };
}
