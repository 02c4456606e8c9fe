using CogCommit.Core.Rows;
using CogCommit.Core.Store;
using Microsoft.Data.Sqlite;

namespace CogCommit.Core.Sync;

/// <summary>The conflict archive as users see it.</summary>
public static class ConflictReader
{
    /// <summary>Conflicts that wait to be resolved, latest first.</summary>
    /// <param name="store">The store.</param>
    /// <param name="resolvedToo">Also those that were resolved, as long as either side can be kept.</param>
    public static IReadOnlyList<CommitConflict> Read(StoreFile store, bool resolvedToo = false)
    {
        ArgumentNullException.ThrowIfNull(store);
        using var reader = store.OpenReader();
        return [.. Conflict.List(reader, store.Clock.GetUtcNow(), resolvedToo).Select(entry => Shown(reader, entry))];
    }

    private static CommitConflict Shown(SqliteConnection reader, ConflictEntry entry)
    {
        var now = StoredRows.FindCommit(reader, entry.CommitId)?.Row.Curated;
        var fields = CuratedField.Between(entry.Lost, entry.Won).ToList();
        return new CommitConflict
        {
            Id = entry.Id,
            CommitId = entry.CommitId,
            Title = CommitColumns.Find(reader, entry.CommitId)?.Title ?? entry.Won.Title ?? entry.Lost.Title ?? "Untitled",
            Fields = [.. fields.Select(field => new CommitConflictField
            {
                Field = field.Name,
                Local = field.Of(entry.Local),
                Cloud = field.Of(entry.Cloud),
                Lost = field.Of(entry.Lost),
                Won = field.Of(entry.Won),
                Now = now is null ? null : field.Of(now),
            })],
            LostSide = entry.LostSide,
            Stands = now is null ? "Other" : Stands(fields, entry, now),
            ArchivedAt = entry.ArchivedAt,
            RestorableUntil = entry.ArchivedAt + Conflict.Kept,
            ResolvedAt = entry.ResolvedAt,
        };
    }

    private static string Stands(List<CuratedField> fields, ConflictEntry entry, CuratedFields now)
    {
        foreach (var side in new[] { ConflictSide.Local, ConflictSide.Cloud })
        {
            if (!fields.Exists(field => field.Differs(now, entry.Of(side))))
            {
                return side.ToString();
            }
        }

        return "Other";
    }
}
