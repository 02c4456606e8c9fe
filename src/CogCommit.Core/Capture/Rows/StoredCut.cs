using System.Globalization;
using CogCommit.Core.Capture.Cut;
using CogCommit.Core.Store;

namespace CogCommit.Core.Capture.Rows;

/// <summary>How a session was cut when its rows were last written.</summary>
internal sealed record StoredCut(int First, int Last, string? CommitId, string Cut)
{
    /// <summary>How many boundaries of the user there were up to its end.</summary>
    public int Cuts => int.Parse(Cut.Split(' ')[1], CultureInfo.InvariantCulture);

    public static string Text(CutRange range, long? next, IEnumerable<Attributed> subagents) =>
        $"{range.ClosedBy} {range.Cuts} {range.Closings.Count} {range.Amended.Count} {next}"
        + string.Concat(subagents.Select(part => $" {part.Session.AgentId}:{part.Record}:{part.Session.Records}"));

    /// <summary>A subagent belonged to it because of this record.</summary>
    public bool Has(string agentId, long record) => Cut.Contains($" {agentId}:{record}:", StringComparison.Ordinal);

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
