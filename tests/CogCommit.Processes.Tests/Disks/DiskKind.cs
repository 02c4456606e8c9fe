namespace CogCommit.Processes.Tests.Disks;

/// <summary>How a disk is made small.</summary>
public enum DiskKind
{
    /// <summary>A file system of its own.</summary>
    Mounted,

    /// <summary>The system refuses to let a file grow: <c>ulimit -f</c>.</summary>
    Limited,
}
