using System.Text.Json;
using CogCommit.Core.Rows;

namespace CogCommit.Core.Export.Reading;

internal static class JsonlExportReader
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = FieldWriter.MaxDepth };

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
                    return ("machine", new ExportRow.Machine(RowJson.ReadMachine(member.Value, RowForm.File)));
                case "project":
                    return ("project", new ExportRow.Project(RowJson.ReadProject(member.Value, RowForm.File)));
                case "commit":
                    return ("commit", Commit(name => member.Value.TryGetProperty(name, out var value) ? value : null));
                case "session":
                    return ("session", new ExportRow.Session(RowJson.ReadSession(member.Value, RowForm.File)));
                case "turn":
                    return ("turn", new ExportRow.Turn(RowJson.ReadTurn(member.Value, RowForm.File)));
                case "visual":
                    return ("visual", new ExportRow.Visual(Picture.Read(member.Value)));
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

    /// <summary>In a file a commit is whole. Its halves are read where they stand, so that their lists stay as they are.</summary>
    public static ExportRow.Commit Commit(Func<string, JsonElement?> member)
    {
        JsonElement Required(string name) => member(name) ?? throw new FormatException($"a commit without \"{name}\" before its sessions");
        var id = Required("id");
        return new ExportRow.Commit(new CommitRow
        {
            Id = id.ValueKind == JsonValueKind.String && id.GetString() is { Length: > 0 } text ? text : throw new FormatException("a commit whose \"id\" is no text"),
            Captured = RowJson.ReadCaptured(Required("captured"), RowForm.File),
            Curated = RowJson.ReadCurated(Required("curated"), RowForm.File),
        });
    }
}
