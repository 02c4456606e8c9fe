using CogCommit.Core.Capture.Rows;
using CogCommit.Core.Store;

namespace CogCommit.Core.Capture.Import;

/// <summary>
/// Files that were read to their end. They are noted as such only behind what an import does last, the marks of parallel work: when it
/// dies before that, the next one finds them unfinished and asks about their commits again.
/// </summary>
internal sealed class FinishedFiles(StoreFile store)
{
    private const int FilesPerTransaction = 200;

    private readonly List<PlannedFile> _files = [];

    /// <param name="file">With the offset behind its last line, and its size.</param>
    public void Add(PlannedFile file) => _files.Add(file);

    /// <summary>Asks again about the commits of a file that was left, and of the sessions that it may have recut.</summary>
    public void TakeUp(PlannedFile left, CommitTally tally)
    {
        using var reader = store.OpenReader();
        using var command = reader.CreateCommand();
        command.CommandText = """
            with main (row) as (select row from agent_sessions where agent_session_id = $key)
            select distinct commit_id from captured_commits where commit_id is not null and session in (
              select row from main union
              select other.session from captured_turns mine join captured_turns other on other.turn_id = mine.turn_id where mine.session in (select row from main))
            """;
        using var row = command.With("$key", left.File.Parent ?? left.File.Key).ExecuteReader();
        while (row.Read())
        {
            tally.Moved.Add(row.GetString(0));
        }
    }

    public void Save()
    {
        foreach (var some in _files.Chunk(FilesPerTransaction))
        {
            store.Write(transaction =>
            {
                foreach (var file in some.Where(file => file.IsStill(transaction)))
                {
                    file.State.Save(transaction);
                }
            });
        }
    }
}
