using CogCommit.Core.Rows;

namespace CogCommit.Core.Export.Reading;

/// <summary>What an export holds, row by row, parents before children.</summary>
internal abstract record ExportRow
{
    private ExportRow()
    {
    }

    public sealed record Machine(MachineRow Row) : ExportRow;

    public sealed record Project(ProjectRow Row) : ExportRow;

    public sealed record Commit(CommitRow Row) : ExportRow;

    public sealed record Session(SessionRow Row) : ExportRow;

    public sealed record Turn(TurnRow Row) : ExportRow;

    public sealed record Visual(Picture Picture) : ExportRow;
}
