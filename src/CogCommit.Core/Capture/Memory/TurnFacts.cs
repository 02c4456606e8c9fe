using CogCommit.Core.Capture.Cut;
using CogCommit.Core.Capture.Fold;
using CogCommit.Core.Capture.Rows;
using CogCommit.Core.Store;
using Microsoft.Data.Sqlite;

namespace CogCommit.Core.Capture.Memory;

/// <summary>The light facts of turns, in the store: what cutting needs when the transcript is gone.</summary>
internal sealed class TurnFacts(WriteTransaction transaction)
{
    private const string Columns =
        "ordinal, turn_id, role, timestamp, created, touched, branch, title, bare_command, files_read, files_changed, owned, provisional, commit_id";

    private static readonly string[] Saved =
        ["turn_id", "role", "timestamp", "created", "touched", "branch", "title", "bare_command", "files_read", "files_changed", "provisional"];

    private static readonly RowsInsert Insert = new(
        "insert into captured_turns", ["session", "ordinal", .. Saved], $"on conflict do update set {RowsInsert.Overwrite(Saved)}");

    public static TurnFact Of(TurnDraft turn, IAgentRules rules, string? cwd)
    {
        var files = turn.Calls.Where(call => !call.IsError).Select(call => rules.ReadFile(call.Name, call.Input, cwd)).OfType<TouchedFile>().ToList();
        return new TurnFact
        {
            Ordinal = turn.Ordinal,
            TurnId = turn.Id,
            IsPrompt = turn.IsPrompt,
            Timestamp = turn.Timestamp,
            Created = turn.Created,
            Touched = turn.Touched,
            Branch = turn.Branch,
            Title = rules.ReadTitle(turn.Content, turn.IsPrompt),
            IsBareCommand = turn.IsPrompt && rules.IsBareCommand(turn.Content),
            FilesRead = [.. files.Where(file => !file.Changed).Select(file => file.Path).Distinct()],
            FilesChanged = [.. files.Where(file => file.Changed).Select(file => file.Path).Distinct()],
            Provisional = turn.Provisional,
        };
    }

    public List<TurnFact> Read(long session, int first, int last)
    {
        var facts = new List<TurnFact>();
        using var reader = transaction.Prepare($"select {Columns} from captured_turns where session = $s and ordinal between $a and $b order by ordinal")
            .With(("$s", session), ("$a", first), ("$b", last)).ExecuteReader();
        while (reader.Read())
        {
            facts.Add(new TurnFact
            {
                Ordinal = reader.GetInt32(0),
                TurnId = reader.GetString(1),
                IsPrompt = reader.GetString(2) == "user",
                Timestamp = Timestamps.Parse(reader.GetString(3)),
                Created = reader.GetInt64(4),
                Touched = reader.GetInt64(5),
                Branch = Text(reader, 6),
                Title = Text(reader, 7),
                IsBareCommand = reader.GetInt64(8) != 0,
                FilesRead = ColumnJson.Read(Text(reader, 9)),
                FilesChanged = ColumnJson.Read(Text(reader, 10)),
                Owned = reader.GetInt64(11) != 0,
                Provisional = reader.GetInt64(12) != 0,
                CommitId = Text(reader, 13),
            });
        }

        return facts;
    }

    /// <summary>Adds or replaces turns' facts; owner and commit stay what they were.</summary>
    public void Save(long session, IEnumerable<TurnFact> facts) => Insert.Run(transaction, [.. facts.Select(fact => new object?[]
    {
        session, fact.Ordinal, fact.TurnId, fact.IsPrompt ? "user" : "assistant", fact.Timestamp, fact.Created, fact.Touched, fact.Branch, fact.Title,
        fact.IsBareCommand ? 1 : 0, ColumnJson.WriteOrNull(fact.FilesRead), ColumnJson.WriteOrNull(fact.FilesChanged), fact.Provisional ? 1 : 0,
    })]);

    /// <summary>Takes away the turns without a final place, and says which they were.</summary>
    public List<string> TakeProvisional(long session)
    {
        var ids = new List<string>();
        using (var reader = transaction.Prepare("select turn_id from captured_turns where session = $s and provisional = 1").With("$s", session).ExecuteReader())
        {
            while (reader.Read())
            {
                ids.Add(reader.GetString(0));
            }
        }

        if (ids.Count > 0)
        {
            transaction.Execute("delete from captured_turns where session = $s and provisional = 1", ("$s", session));
        }

        return ids;
    }

    /// <summary>Those of the turns that follow each other are told in one statement.</summary>
    public void SetCommit(long session, IReadOnlyList<int> ordinals, string? commitId)
    {
        for (int first = 0, next = 0; first < ordinals.Count; first = next)
        {
            while (++next < ordinals.Count && ordinals[next] == ordinals[next - 1] + 1)
            {
            }

            transaction.Execute("update captured_turns set commit_id = $c where session = $s and ordinal between $first and $last",
                ("$s", session), ("$first", ordinals[first]), ("$last", ordinals[next - 1]), ("$c", commitId));
        }
    }

    public void SetOwned(long session, int ordinal, bool owned) =>
        transaction.Execute("update captured_turns set owned = $owned where session = $s and ordinal = $o", ("$s", session), ("$o", ordinal), ("$owned", owned ? 1 : 0));

    public int Last(long session) =>
        transaction.Prepare("select max(ordinal) from captured_turns where session = $s").With("$s", session).ExecuteScalar() is long last ? (int)last : -1;

    public int? OrdinalOf(long session, string turnId) =>
        transaction.Prepare("select ordinal from captured_turns where turn_id = $id and session = $s").With(("$s", session), ("$id", turnId)).ExecuteScalar() is long ordinal
            ? (int)ordinal : null;

    /// <summary>The other sessions that hold a turn.</summary>
    public List<long> Others(long session, string turnId)
    {
        var others = new List<long>();
        using var reader = transaction.Prepare("select session from captured_turns where turn_id = $id and session <> $s")
            .With(("$s", session), ("$id", turnId)).ExecuteReader();
        while (reader.Read())
        {
            others.Add(reader.GetInt64(0));
        }

        return others;
    }

    public List<Closing> Closings(long session)
    {
        var closings = new List<Closing>();
        using var reader = transaction.Prepare("""
            select number, call_id, ordinal, position, hash, subject, amends, timestamp, record from captured_closings where session = $s order by number
            """).With("$s", session).ExecuteReader();
        while (reader.Read())
        {
            closings.Add(new Closing(
                reader.GetInt32(0), reader.GetString(1), reader.GetInt32(2), reader.GetInt32(3), reader.GetString(4), reader.GetString(5),
                reader.GetInt64(6) != 0, Timestamps.Parse(reader.GetString(7)), reader.GetInt64(8)));
        }

        return closings;
    }

    /// <summary>Where the user cut, as far as the turns are known here.</summary>
    public List<UserBoundary> Boundaries(long session)
    {
        var boundaries = new List<UserBoundary>();
        using var reader = transaction.Prepare("""
            select t.ordinal, b.kind from captured_boundaries b join captured_turns t on t.turn_id = b.turn_id and t.session = b.session where b.session = $s
            """).With("$s", session).ExecuteReader();
        while (reader.Read())
        {
            boundaries.Add(new UserBoundary(reader.GetInt32(0), reader.GetString(1) == "explicit"));
        }

        return boundaries;
    }

    private static string? Text(SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
