using CogCommit.Core.Rows;

namespace CogCommit.Core.Export;

/// <summary>A commit and what its names mean.</summary>
internal sealed record ExportedCommit(CommitRow Row, string? MachineName, string? ProjectUrl)
{
    public string Id => Row.Id;

    public CapturedFields Captured => Row.Captured!;

    public string Title => Row.Curated is { TitleSet: true, Title: { Length: > 0 } title } ? title : Captured.DerivedTitle;

    public ProjectRow? Project => (Row.Curated!.Project ?? Captured.Project) is { } name ? new ProjectRow(name, ProjectUrl) : null;

    public MachineRow? Machine => Captured.MachineId is { } id ? new MachineRow(id, MachineName) : null;
}
