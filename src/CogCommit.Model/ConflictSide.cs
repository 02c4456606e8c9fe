namespace CogCommit;

/// <summary>Where one of two edits of a commit was made that met on this machine.</summary>
public enum ConflictSide
{
    /// <summary>On this machine.</summary>
    Local,

    /// <summary>On another one: the cloud brought it.</summary>
    Cloud,
}
