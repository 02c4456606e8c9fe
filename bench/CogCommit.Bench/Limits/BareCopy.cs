using CogCommit.Core.Store;
using SQLitePCL;

namespace CogCommit.Bench.Limits;

/// <summary>Copies what the rows hold out of SQLite into a file, in the order of an export, as bytes that nobody looks at.</summary>
internal static class BareCopy
{
    /// <returns>How many bytes were copied.</returns>
    public static long Run(StoreFile store, string path)
    {
        using var reader = store.OpenReader();
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 16);
        raw.sqlite3_prepare_v2(reader.Handle, "select * from cognitive_commits order by started_at desc, id", out var commit);
        raw.sqlite3_prepare_v2(reader.Handle, "select * from sessions where commit_id = ?1", out var session);
        raw.sqlite3_prepare_v2(reader.Handle, "select * from turns where session_id = ?1 order by ordinal, id", out var turn);
        using (commit)
        using (session)
        using (turn)
        {
            while (raw.sqlite3_step(commit) == raw.SQLITE_ROW)
            {
                Copy(commit, file);
                raw.sqlite3_bind_text(session, 1, raw.sqlite3_column_text(commit, 1));
                while (raw.sqlite3_step(session) == raw.SQLITE_ROW)
                {
                    Copy(session, file);
                    raw.sqlite3_bind_text(turn, 1, raw.sqlite3_column_text(session, 1));
                    while (raw.sqlite3_step(turn) == raw.SQLITE_ROW)
                    {
                        Copy(turn, file);
                    }

                    raw.sqlite3_reset(turn);
                }

                raw.sqlite3_reset(session);
            }
        }

        return file.Position;
    }

    private static void Copy(sqlite3_stmt row, FileStream file)
    {
        for (var column = 0; column < raw.sqlite3_column_count(row); column++)
        {
            file.Write(raw.sqlite3_column_blob(row, column));
        }
    }
}
