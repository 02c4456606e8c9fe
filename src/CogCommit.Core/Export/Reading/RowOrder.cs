namespace CogCommit.Core.Export.Reading;

/// <summary>A row hangs on the commit and session before it: what hangs on nothing is damage.</summary>
internal sealed class RowOrder(string path)
{
    private string? _commit;
    private readonly HashSet<string> _sessions = [];

    public IEnumerable<ExportRow> Checked(IEnumerable<(long Line, ExportRow Row)> rows)
    {
        foreach (var (line, row) in rows)
        {
            switch (row)
            {
                case ExportRow.Commit commit:
                    _commit = commit.Row.Id;
                    _sessions.Clear();
                    break;
                case ExportRow.Session session:
                    Require(session.Row.CommitId == _commit, line, "this session belongs to another commit than the one before it");
                    _sessions.Add(session.Row.Id);
                    break;
                case ExportRow.Turn turn:
                    Require(_sessions.Contains(turn.Row.SessionId), line, "this turn's session is not before it");
                    break;
                case ExportRow.Visual visual:
                    Require(visual.Picture.Row.CommitId == _commit, line, "this picture belongs to another commit than the one before it");
                    break;
                default:
                    break;
            }

            yield return row;
        }
    }

    private void Require(bool holds, long line, string reason)
    {
        if (!holds)
        {
            throw ExportDamage.At(path, line, reason);
        }
    }
}
