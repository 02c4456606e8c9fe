namespace CogCommit.Core.Sync;

/// <summary>The synced tables, parents before children.</summary>
internal enum RowKind
{
    Commit,
    Session,
    Turn,
    Visual,
}
