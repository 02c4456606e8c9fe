namespace CogCommit.Core.Query;

/// <summary>Which commits are listed. Deleted ones never are.</summary>
public enum Visibility
{
    Shown,
    HiddenOnly,
    All,
}
