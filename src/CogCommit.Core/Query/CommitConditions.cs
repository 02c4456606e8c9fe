using System.Text.RegularExpressions;
using CogCommit.Core.Store;

namespace CogCommit.Core.Query;

/// <summary>A <see cref="CommitFilter"/> as SQL over cognitive_commits c.</summary>
internal static partial class CommitConditions
{
    public static Conditions Of(CommitFilter filter)
    {
        var conditions = new Conditions()
            .Visible(filter.Visibility)
            .In("c.id", "$ids", filter.CommitIds.Select(id => id.ToLowerInvariant()).Concat(filter.CommitIds).Distinct().ToList())
            .Like(CommitColumns.Project, "$projects", filter.Projects)
            .Like("c.branch", "$branches", filter.Branches)
            .In("c.closed_by", "$closedBy", filter.ClosedBy)
            .In("c.source", "$sources", filter.Sources)
            .AddFiles(filter.Files)
            .AddGitHash(filter.GitHash);
        if (filter.Since is { } since)
        {
            conditions.Add("c.closed_at >= $since", ("$since", since));
        }

        if (filter.Until is { } until)
        {
            conditions.Add("c.started_at <= $until", ("$until", until));
        }

        if (filter.ClosedBefore is { } before)
        {
            conditions.Add("c.closed_at < $closedBefore", ("$closedBefore", before));
        }

        // Last, since it costs most: SQLite tries the terms in this order.
        return conditions.In(CommitColumns.SyncStatus, "$statuses", filter.SyncStatuses);
    }

    public static Conditions Visible(this Conditions conditions, Visibility visibility)
    {
        if (visibility == Visibility.DeletedOnly)
        {
            return conditions.Add("c.deleted_at is not null and c.turn_count > 0");
        }

        conditions.Add("c.deleted_at is null");
        return visibility switch
        {
            Visibility.Shown => conditions.Add("c.hidden = 0"),
            Visibility.HiddenOnly => conditions.Add("c.hidden <> 0"),
            _ => conditions,
        };
    }

    private static Conditions AddGitHash(this Conditions conditions, string? gitHash)
    {
        if (gitHash is null)
        {
            return conditions;
        }

        if (!Hash().IsMatch(gitHash))
        {
            throw new CogCommitException("InvalidGitHash",
                $"'{gitHash}' is no git hash: 7 to 64 hexadecimal digits are needed. Take more digits of it.", ErrorKind.InvalidArgument);
        }

        return conditions.Add("""
            exists (select 1 from (select c.git_hash as value
                                   union all select value from json_each(case when json_valid(c.git_hashes) then c.git_hashes else '[]' end)) hash
                    where length(hash.value) >= 7 and (substr(lower(hash.value), 1, length($hash)) = $hash or substr($hash, 1, length(hash.value)) = lower(hash.value)))
            """, ("$hash", gitHash.ToLowerInvariant()));
    }

    [GeneratedRegex("^[0-9A-Fa-f]{7,64}$")]
    private static partial Regex Hash();
}
