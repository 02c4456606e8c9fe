namespace CogCommit.Core.Export.Rows;

/// <summary>A commit as it stands in the store. Times and lists are the store's own text, so that nothing changes on the way.</summary>
internal sealed record CommitRow
{
    public required string Id { get; init; }

    public required CapturedRow Captured { get; init; }

    public required CuratedRow Curated { get; init; }

    public string? MachineName { get; init; }

    public string? ProjectUrl { get; init; }

    public string Title => Curated is { TitleSet: true, Title: { Length: > 0 } title } ? title : Captured.DerivedTitle;

    public string? Project => Curated.Project ?? Captured.Project;
}
