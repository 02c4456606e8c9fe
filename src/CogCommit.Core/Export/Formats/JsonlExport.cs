using System.Text.Json;
using CogCommit.Core.Export.Rows;
using CogCommit.Core.Store;

namespace CogCommit.Core.Export.Formats;

/// <summary>A row a line (docs/export-format.md).</summary>
internal sealed class JsonlExport(StoreFile store, TextWriter to) : ExportDocument(store, to)
{
    private long _rows;

    private protected override void Begin() => Line(RowJson.Object(json => json.WriteNumber(ExportFile.Mark, ExportFile.Version)));

    private protected override void Commit(CommitRow commit, RowReader rows, CancellationToken cancellation)
    {
        if (commit.Captured.MachineId is { } machine)
        {
            Row("machine", json => RowJson.Machine(json, machine, commit.MachineName));
        }

        if (commit.Project is { } project)
        {
            Row("project", json => RowJson.Project(json, project, commit.ProjectUrl));
        }

        Row("commit", json =>
        {
            json.WriteString("id", commit.Id);
            json.WriteString("title", commit.Title);
            json.WriteStartObject("captured");
            RowJson.Captured(json, commit.Captured);
            json.WriteEndObject();
            json.WriteStartObject("curated");
            RowJson.Curated(json, commit.Curated);
            json.WriteEndObject();
        });
        foreach (var session in rows.Sessions(commit.Id))
        {
            Row("session", json => RowJson.Session(json, session));
            foreach (var turn in rows.Turns(session.Id))
            {
                cancellation.ThrowIfCancellationRequested();
                Row("turn", json => RowJson.Turn(json, turn));
            }
        }

        foreach (var visual in rows.Visuals(commit.Id))
        {
            cancellation.ThrowIfCancellationRequested();
            Row("visual", json => RowJson.Visual(json, visual));
        }
    }

    private protected override void End() => Line(RowJson.Object(json =>
    {
        json.WriteStartObject("end");
        json.WriteNumber("rows", _rows);
        json.WriteEndObject();
    }));

    private void Row(string kind, Action<Utf8JsonWriter> members)
    {
        _rows++;
        Line(RowJson.Object(json =>
        {
            json.WriteStartObject(kind);
            members(json);
            json.WriteEndObject();
        }));
    }

    private void Line(string line)
    {
        To.Write(line);
        To.Write('\n');
    }
}
