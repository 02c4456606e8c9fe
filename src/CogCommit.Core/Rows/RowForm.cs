namespace CogCommit.Core.Rows;

/// <summary>The two ways on which rows travel. The names of their fields are the same.</summary>
internal enum RowForm
{
    /// <summary>To the cloud and back (docs/sync-protocol.md): checked field by field, and what PostgreSQL cannot hold is replaced.</summary>
    Wire,

    /// <summary>Into a file and back (docs/export-format.md): the store's own text, so that nothing changes on the way.</summary>
    File,
}
