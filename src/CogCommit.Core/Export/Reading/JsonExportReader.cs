using System.Text.Json;
using CogCommit.Core.Rows;

namespace CogCommit.Core.Export.Reading;

/// <summary>
/// The nested form. A parent is told when its children begin, so its own members must stand before them, as they do in what we write
/// and also after sorting by name.
/// </summary>
internal sealed class JsonExportReader
{
    private readonly string _path;
    private readonly JsonPull _json;

    private JsonExportReader(string path, Stream stream)
    {
        _path = path;
        _json = new JsonPull(stream);
    }

    public static IEnumerable<(long Line, ExportRow Row)> Read(string path)
    {
        using var stream = File.OpenRead(path);
        SkipByteOrderMark(stream);
        var reader = new JsonExportReader(path, stream);
        using var rows = reader.Document().GetEnumerator();
        while (true)
        {
            // An iterator cannot yield inside of a try with a catch: so the step is caught, not the loop.
            try
            {
                if (!rows.MoveNext())
                {
                    yield break;
                }
            }
            catch (JsonException problem)
            {
                throw ExportDamage.At(path, (problem.LineNumber ?? reader._json.Line - 1) + 1, "it is no valid JSON, or the file was cut off here", problem);
            }
            catch (Exception problem) when (problem is FormatException or InvalidOperationException)
            {
                throw ExportDamage.At(path, reader._json.Line, problem.Message, problem);
            }

            yield return (reader._json.Line, rows.Current);
        }
    }

    private IEnumerable<ExportRow> Document()
    {
        _json.Expect(JsonTokenType.StartObject);
        while (_json.Member() is { } name)
        {
            if (name == ExportFile.Mark)
            {
                JsonlExportReader.CheckVersion(_path, _json.Value());
            }
            else if (name == "commits")
            {
                _json.Expect(JsonTokenType.StartArray);
                while (_json.Item())
                {
                    foreach (var row in Commit())
                    {
                        yield return row;
                    }
                }
            }
            else
            {
                _json.Value();
            }
        }

        _json.ExpectEnd();
    }

    private IEnumerable<ExportRow> Commit()
    {
        var own = new Dictionary<string, JsonElement>();
        var told = false;
        while (_json.Member() is { } name)
        {
            if (name is not ("sessions" or "visuals"))
            {
                own[name] = _json.Value();
                continue;
            }

            if (!told)
            {
                told = true;
                foreach (var row in Parents(own))
                {
                    yield return row;
                }
            }

            _json.Expect(JsonTokenType.StartArray);
            if (name == "visuals")
            {
                while (_json.ValueOrEnd() is { } visual)
                {
                    yield return new ExportRow.Visual(Picture.Read(visual));
                }

                continue;
            }

            while (_json.Item())
            {
                foreach (var row in Session())
                {
                    yield return row;
                }
            }
        }

        if (!told)
        {
            foreach (var row in Parents(own))
            {
                yield return row;
            }
        }
    }

    private IEnumerable<ExportRow> Session()
    {
        var own = new Dictionary<string, JsonElement>();
        var told = false;
        while (_json.Member() is { } name)
        {
            if (name != "turns")
            {
                own[name] = _json.Value();
                continue;
            }

            told = true;
            yield return new ExportRow.Session(RowJson.ReadSession(JsonSerializer.SerializeToElement(own), RowForm.File));
            _json.Expect(JsonTokenType.StartArray);
            while (_json.ValueOrEnd() is { } turn)
            {
                yield return new ExportRow.Turn(RowJson.ReadTurn(turn, RowForm.File));
            }
        }

        if (!told)
        {
            yield return new ExportRow.Session(RowJson.ReadSession(JsonSerializer.SerializeToElement(own), RowForm.File));
        }
    }

    private static IEnumerable<ExportRow> Parents(Dictionary<string, JsonElement> own)
    {
        if (own.TryGetValue("machine", out var machine))
        {
            yield return new ExportRow.Machine(RowJson.ReadMachine(machine, RowForm.File));
        }

        if (own.TryGetValue("project", out var project))
        {
            yield return new ExportRow.Project(RowJson.ReadProject(project, RowForm.File));
        }

        yield return JsonlExportReader.Commit(name => own.TryGetValue(name, out var value) ? value : null);
    }

    private static void SkipByteOrderMark(FileStream stream)
    {
        Span<byte> mark = stackalloc byte[3];
        if (stream.ReadAtLeast(mark, 3, throwOnEndOfStream: false) < 3 || !mark.SequenceEqual((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            stream.Position = 0;
        }
    }
}
