using CogCommit.Core;
using CogCommit.Core.Rows;
using CogCommit.Core.Store;

namespace CogCommit.Bench.Machines;

/// <summary>A turn that is said just now, at the end of a session, as capture writes it: the commit and the session change with it.</summary>
internal static class NewTurn
{
    public static string Id(int n) => new Guid(n, 0, 0, [0x40, 0, 0, 0, 0, 0, 0, 1]).ToString();

    public static void Add(StoreFile store, string session, int n) => store.Write(transaction =>
    {
        var said = Timestamps.ToText(store.Clock.GetUtcNow());
        new RowWriting(transaction, clean: false).Turn(new TurnRow
        {
            Id = Id(n), SessionId = session, Ordinal = 1_000_000 + n, Role = "user", Content = "and now this", Timestamp = said, Interrupted = false,
            TriggersVisual = false, Rev = $"9{n:D12}", Hash = "",
        });
        foreach (var (table, where) in new[] { ("sessions", "id = $id"), ("cognitive_commits", "id = (select commit_id from sessions where id = $id)") })
        {
            transaction.Execute(
                $"update {table} set rev = $rev, change_seq = $change where {where}", ("$rev", $"9{n:D12}"), ("$change", transaction.NextChange()), ("$id", session));
        }

        transaction.RefreshTotals([StoredRows.CommitOfSession(transaction, session)!]);
    });
}
