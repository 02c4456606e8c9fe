namespace CogCommit.Core.Rows;

/// <summary>The half of a commit that the user said.</summary>
internal sealed record CuratedFields
{
    public string? Title { get; init; }

    public bool TitleSet { get; init; }

    public string? Project { get; init; }

    public bool Published { get; init; }

    public bool Hidden { get; init; }

    public int DisplayOrder { get; init; }

    public string? DeletedAt { get; init; }

    public required int Version { get; init; }

    public required string UpdatedAt { get; init; }

    public required string Hash { get; init; }

    /// <summary>Nobody said anything yet: what capture leaves behind.</summary>
    public bool IsUntouched =>
        !TitleSet && Project is null && !Published && !Hidden && DisplayOrder == 0 && DeletedAt is null;

    /// <summary>True when the user would see no difference. When something was deleted is no difference; that it was, is.</summary>
    public bool SaysTheSameAs(CuratedFields other) =>
        TitleSet == other.TitleSet && (!TitleSet || Title == other.Title) && Project == other.Project && Published == other.Published
        && Hidden == other.Hidden && DisplayOrder == other.DisplayOrder && DeletedAt is null == other.DeletedAt is null;
}
