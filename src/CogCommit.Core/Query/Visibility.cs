namespace CogCommit.Core.Query;

/// <summary>Which commits are listed. Deleted ones are not, unless they alone are asked for.</summary>
public enum Visibility
{
    Shown,
    HiddenOnly,
    All,

    /// <summary>Deleted, and their content still here.</summary>
    DeletedOnly,
}
