namespace CogCommit.Core.Rows;

/// <summary>
/// The hash of what the user said about a commit. Version and time are no part of it: they are compared before it, and the cloud may lower
/// the time without being able to hash anew.
/// </summary>
internal static class CuratedHash
{
    public static string Of(
        string commitId, string? title, bool titleSet, string? project, bool published, bool hidden, int displayOrder, DateTimeOffset? deletedAt)
    {
        using var form = new CanonicalForm("curated 1");
        return form
            .Add(commitId).Add(title).Add(titleSet).Add(project)
            .Add(published).Add(hidden).Add(displayOrder).Add(deletedAt)
            .ToHash();
    }
}
