namespace CogCommit.Core.Export.Reading;

/// <summary>Reads an export row by row; in memory is one row at a time.</summary>
internal static class ExportReader
{
    public static IEnumerable<ExportRow> Read(string path)
    {
        var start = ExportStart.Of(path) ?? throw ExportDamage.Foreign(path);
        return new RowOrder(path).Checked(start.Format == ExportFormat.Jsonl ? JsonlExportReader.Read(path) : JsonExportReader.Read(path));
    }
}
