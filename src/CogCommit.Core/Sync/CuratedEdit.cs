using CogCommit.Core.Rows;
using CogCommit.Core.Store;

namespace CogCommit.Core.Sync;

/// <summary>Says the user's half of a commit anew, as any edit does (design 6).</summary>
internal static class CuratedEdit
{
    /// <summary>The number behind what the cloud has, kept until it is confirmed; never earlier than the edit before.</summary>
    public static void Say(WriteTransaction transaction, Stored<CommitRow> local, CuratedFields said, DateTimeOffset now)
    {
        var later = Timestamps.Parse(local.Row.Curated!.UpdatedAt).AddMicroseconds(1);
        var time = Timestamps.Cut(now) > later ? Timestamps.Cut(now) : later;
        new RowWriting(transaction, clean: false).Curated(
            local.Row.Id, said with { Version = Math.Max(local.Row.Curated.Version, local.CloudVersion + 1), UpdatedAt = Timestamps.ToText(time) });
        // The hash is of what was said before; whoever needs one makes it anew.
        transaction.Execute(
            "update cognitive_commits set curated_hash = null, change_seq = $change where id = $id",
            ("$id", local.Row.Id),
            ("$change", transaction.NextChange()));
    }
}
