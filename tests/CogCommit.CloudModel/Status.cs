namespace CogCommit.CloudModel;

/// <summary>The status words of docs/sync-protocol.md.</summary>
internal static class Status
{
    public const string Accepted = "accepted";
    public const string Unchanged = "unchanged";
    public const string Lost = "lost";
    public const string Refused = "refused";
    public const string OverLimit = "over_limit";
    public const string ParentMissing = "parent_missing";
}
