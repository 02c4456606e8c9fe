using CogCommit.Core.Rows;
using CogCommit.Core.Store;

namespace CogCommit.Core.Sync;

internal sealed partial class Incoming
{
    private const string IsEmpty = """
        id = $id and deleted_at is null
        and not exists (select 1 from sessions where commit_id = $id) and not exists (select 1 from visuals where commit_id = $id)
        """;

    /// <summary>
    /// The commit goes, because another machine cut its turns into others; but what was said of it here no cloud has yet. That goes to the
    /// archive, and the commit becomes what it is on the machine that cut: deleted.
    /// </summary>
    private void KeepEditOfEmptied(string commitId)
    {
        var edited = _transaction.Prepare($"select 1 from cognitive_commits where change_seq > pushed_seq and version > cloud_version and cloud_version > 0 and {IsEmpty}")
            .With("$id", commitId).ExecuteScalar() is not null;
        if (!edited || StoredRows.FindCommit(_transaction, commitId) is not { Row.Curated: { IsUntouched: false } said } local)
        {
            return;
        }

        var gone = new CuratedFields { DeletedAt = Timestamps.ToText(_now), Version = said.Version, UpdatedAt = said.UpdatedAt, Hash = "" };
        if (Conflict.Add(_transaction, commitId, said, gone, ConflictSide.Local, _now))
        {
            Conflicts++;
        }

        CuratedEdit.Say(_transaction, local, gone, _now);
    }
}
