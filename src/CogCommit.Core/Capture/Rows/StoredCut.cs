using CogCommit.Core.Store;

namespace CogCommit.Core.Capture.Rows;

/// <summary>How a session was cut when its rows were last written.</summary>
internal sealed record StoredCut(int First, int Last, string? CommitId, string Cut)
{
    public static List<StoredCut> Read(WriteTransaction transaction, long session)
    {
        var stored = new List<StoredCut>();
        using var reader = transaction.Prepare("select first_ordinal, last_ordinal, commit_id, cut from captured_commits where session = $s order by first_ordinal")
            .With("$s", session).ExecuteReader();
        while (reader.Read())
        {
            stored.Add(new StoredCut(reader.GetInt32(0), reader.GetInt32(1), reader.IsDBNull(2) ? null : reader.GetString(2), reader.GetString(3)));
        }

        return stored;
    }

    public void Save(WriteTransaction transaction, long session) =>
        transaction.Execute("insert or replace into captured_commits (session, first_ordinal, last_ordinal, commit_id, cut) values ($s, $f, $l, $c, $cut)",
            ("$s", session), ("$f", First), ("$l", Last), ("$c", CommitId), ("$cut", Cut));
}
