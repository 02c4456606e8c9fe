using CogCommit.Core.Rows;
using CogCommit.Core.Store;

namespace CogCommit.Core.Export.Formats;

/// <summary>A row a line (docs/export-format.md).</summary>
internal sealed class JsonlExport(StoreFile store, TextWriter to) : ExportDocument(store, to)
{
    private readonly RowLines _lines = new(to);
    private long _rows;

    private protected override void Begin() => Line(to => to.Number(ExportFile.Mark, ExportFile.Version));

    private protected override void Commit(ExportedCommit commit, CommitView rows, CancellationToken cancellation)
    {
        if (commit.Machine is { } machine)
        {
            Row("machine", to => RowJson.Machine(to, machine));
        }

        if (commit.Project is { } project)
        {
            Row("project", to => RowJson.Project(to, project));
        }

        Row("commit", to =>
        {
            to.Text("id", commit.Id);
            to.Text("title", commit.Title);
            RowJson.Halves(to, commit.Row);
        });
        foreach (var session in rows.Sessions(commit.Id))
        {
            Row("session", to => RowJson.Session(to, session));
            foreach (var turn in rows.Turns(session.Id))
            {
                cancellation.ThrowIfCancellationRequested();
                Row("turn", to => RowJson.Turn(to, turn));
            }
        }

        foreach (var visual in rows.Visuals(commit.Id))
        {
            cancellation.ThrowIfCancellationRequested();
            Row("visual", visual.Write);
        }
    }

    private protected override void End() => Line(to => to.Object("end", () => to.Number("rows", _rows)));

    private void Row(string kind, Action<FieldWriter> fields)
    {
        _rows++;
        Line(to => to.Object(kind, () => fields(to)));
    }

    private void Line(Action<FieldWriter> fields)
    {
        _lines.Write(fields);
        To.Write('\n');
    }
}
