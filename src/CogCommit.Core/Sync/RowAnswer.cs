namespace CogCommit.Core.Sync;

/// <summary>What became of one row that was sent.</summary>
/// <param name="Status">Of the row; of a commit's captured half. Null when that half was not sent.</param>
/// <param name="Curated">Of a commit's curated half; null when it was not sent.</param>
/// <param name="Reason">Why it was refused.</param>
/// <param name="LoweredTo">Of a commit's curated half whose time was too far ahead: the time that the cloud gave it.</param>
/// <param name="Path">Of a visual that the cloud has: where its picture lies in the bucket.</param>
internal sealed record RowAnswer(string? Status, string? Curated, string? Reason, string? LoweredTo = null, string? Path = null)
{
    public const string Accepted = "accepted";
    public const string Unchanged = "unchanged";
    public const string Lost = "lost";
    public const string Refused = "refused";
    public const string OverLimit = "over_limit";
    public const string ParentMissing = "parent_missing";

    public bool Has(string word) => Status == word || Curated == word;

    /// <summary>The cloud has what was sent.</summary>
    public bool IsConfirmed => Status is null or Accepted or Unchanged && Curated is null or Accepted or Unchanged;

    public bool IsKnown => IsWord(Status) && IsWord(Curated) && (Status is not null || Curated is not null);

    private static bool IsWord(string? word) => word is null or Accepted or Unchanged or Lost or Refused or OverLimit or ParentMissing;
}
