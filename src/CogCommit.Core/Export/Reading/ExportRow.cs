using CogCommit.Core.Export.Rows;

namespace CogCommit.Core.Export.Reading;

/// <summary>What an export holds, row by row, parents before children.</summary>
internal abstract record ExportRow
{
    private ExportRow()
    {
    }

    public sealed record Machine(string MachineId, string? Name) : ExportRow;

    public sealed record Project(string Name, string? RemoteUrl) : ExportRow;

    public sealed record Commit(string Id, CapturedRow Captured, CuratedRow Curated) : ExportRow;

    public sealed record Session(SessionRow Row) : ExportRow;

    public sealed record Turn(TurnRow Row) : ExportRow;

    public sealed record Visual(VisualRow Row) : ExportRow;
}
