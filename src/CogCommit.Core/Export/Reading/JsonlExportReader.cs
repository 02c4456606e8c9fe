using System.Text.Json;
using CogCommit.Core.Export.Rows;

namespace CogCommit.Core.Export.Reading;

internal static class JsonlExportReader
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = RowJson.MaxDepth };

    public static IEnumerable<(long Line, ExportRow Row)> Read(string path)
    {
        using var reader = new StreamReader(path);
        long number = 0;
        long rows = 0;
        var ended = false;
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            if (ended)
            {
                throw ExportDamage.At(path, number, "there is something after the end");
            }

            var (kind, row) = Parse(path, number, line, rows);
            ended = kind == "end";
            if (row is not null)
            {
                rows++;
                yield return (number, row);
            }
        }

        if (!ended)
        {
            throw ExportDamage.At(path, number, "the file stops before its end: it was cut off");
        }
    }

    private static (string Kind, ExportRow? Row) Parse(string path, long number, string line, long rows)
    {
        try
        {
            using var document = JsonDocument.Parse(line, Options);
            var member = document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.EnumerateObject().FirstOrDefault()
                : default;
            switch (member.Value.ValueKind == JsonValueKind.Undefined ? "" : member.Name)
            {
                case ExportFile.Mark:
                    CheckVersion(path, member.Value);
                    return (ExportFile.Mark, null);
                case "end":
                    return member.Value.TryGetProperty("rows", out var count) && count.TryGetInt64(out var said) && said == rows
                        ? ("end", null)
                        : throw new FormatException($"rows are missing: there are {rows}, the end names another number");
                case "machine":
                    var (machineId, name) = RowParser.Machine(member.Value);
                    return ("machine", new ExportRow.Machine(machineId, name));
                case "project":
                    var (projectName, url) = RowParser.Project(member.Value);
                    return ("project", new ExportRow.Project(projectName, url));
                case "commit":
                    return ("commit", new ExportRow.Commit(
                        RowParser.Required(member.Value, "id"),
                        RowParser.Captured(Half(member.Value, "captured")),
                        RowParser.Curated(Half(member.Value, "curated"))));
                case "session":
                    return ("session", new ExportRow.Session(RowParser.Session(member.Value)));
                case "turn":
                    return ("turn", new ExportRow.Turn(RowParser.Turn(member.Value)));
                case "visual":
                    return ("visual", new ExportRow.Visual(RowParser.Visual(member.Value)));
                default:
                    throw new FormatException("it is no row that this format knows");
            }
        }
        catch (JsonException problem)
        {
            throw ExportDamage.At(path, number, "it is no valid JSON", problem);
        }
        catch (Exception problem) when (problem is FormatException or InvalidOperationException)
        {
            throw ExportDamage.At(path, number, problem.Message, problem);
        }
    }

    public static void CheckVersion(string path, JsonElement version)
    {
        if (version.ValueKind != JsonValueKind.Number || !version.TryGetInt64(out var number) || number < 1)
        {
            throw ExportDamage.Foreign(path);
        }

        if (number > ExportFile.Version)
        {
            throw ExportDamage.Newer(path, number);
        }
    }

    private static JsonElement Half(JsonElement commit, string name) =>
        commit.TryGetProperty(name, out var half) ? half : throw new FormatException($"\"{name}\" is missing");
}
