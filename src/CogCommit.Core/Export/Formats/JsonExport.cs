using CogCommit.Core.Rows;
using CogCommit.Core.Store;

namespace CogCommit.Core.Export.Formats;

/// <summary>
/// One object: commits, their sessions, their turns (docs/export-format.md). The frame is written by hand, so that a turn is a line and
/// only one is in memory.
/// </summary>
internal sealed class JsonExport(StoreFile store, TextWriter to) : ExportDocument(store, to)
{
    private readonly RowLines _lines = new(to);

    private protected override void Begin() => To.Write($"{{\"{ExportFile.Mark}\": {ExportFile.Version}, \"commits\": [");

    private protected override void Commit(ExportedCommit commit, CommitView rows, CancellationToken cancellation)
    {
        To.Write(Commits > 1 ? ",\n" : "\n");
        To.Write($" {{\"id\": {RowJson.Text(commit.Id)}, \"title\": {RowJson.Text(commit.Title)},\n");
        To.Write($"  \"captured\": {RowJson.Line(to => RowJson.Captured(to, commit.Captured))},\n");
        To.Write($"  \"curated\": {RowJson.Line(to => RowJson.Curated(to, commit.Row.Curated!))},\n");
        if (commit.Machine is { } machine)
        {
            To.Write($"  \"machine\": {RowJson.Line(to => RowJson.Machine(to, machine))},\n");
        }

        if (commit.Project is { } project)
        {
            To.Write($"  \"project\": {RowJson.Line(to => RowJson.Project(to, project))},\n");
        }

        To.Write("  \"sessions\": ");
        List("   ", rows.Sessions(commit.Id), session =>
        {
            // The session's own object stays open for its turns.
            To.Write(RowJson.Line(to => RowJson.Session(to, session))[..^1]);
            To.Write(",\"turns\": ");
            List("    ", rows.Turns(session.Id), turn =>
            {
                cancellation.ThrowIfCancellationRequested();
                _lines.Write(to => RowJson.Turn(to, turn));
            });
            To.Write('}');
        });
        To.Write(",\n  \"visuals\": ");
        List("   ", rows.Visuals(commit.Id), visual => _lines.Write(visual.Write));
        To.Write('}');
    }

    private protected override void End() => To.Write("\n]}\n");

    private void List<T>(string indent, IEnumerable<T> items, Action<T> write)
    {
        To.Write('[');
        var first = true;
        foreach (var item in items)
        {
            To.Write(first ? "\n" : ",\n");
            To.Write(indent);
            write(item);
            first = false;
        }

        To.Write(']');
    }
}
