namespace CogCommit.Core.Sync;

/// <summary>The words of the column push_state.</summary>
internal static class PushStates
{
    public const string OverLimit = "over_limit";
    public const string Conflict = "conflict";
    public const string Error = "error";
    public const string TooLarge = "too_large";

    /// <summary>Of a turn of a deleted commit: the cloud has it in another one, which it has to leave.</summary>
    public const string Elsewhere = "elsewhere";
}
