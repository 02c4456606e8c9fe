using CogCommit.Core.Store;

namespace CogCommit.Core.Query;

/// <summary>One of the two full-text indexes, with the tables its hits belong to.</summary>
internal sealed record SearchIndex(string Name, string Score, string From, string Time, string Columns)
{
    private const string Shown = $"c.id, {CommitColumns.Title}, {CommitColumns.Project}";

    // What a person asked weighs most, what a tool printed least.
    public static readonly SearchIndex Turns = new(
        "turn_index", "bm25(turn_index, 4.0, 2.0, 1.0, 0.5, 1.0)",
        "turn_index cross join turns t on t.row = turn_index.rowid cross join sessions s on s.id = t.session_id cross join cognitive_commits c on c.id = s.commit_id",
        "t.timestamp", $"{Shown}, s.id, t.id, t.role");

    public static readonly SearchIndex Commits = new(
        "commit_index", "bm25(commit_index, 6.0, 4.0, 1.0, 1.0)",
        "commit_index cross join cognitive_commits c on c.row = commit_index.rowid",
        "c.started_at", $"{Shown}, null, null, 'commit'");

    /// <summary>Null when the filter asks for what this index does not have.</summary>
    public Conditions? Conditions(SearchFilter filter, string match)
    {
        if (this == Commits && (filter.Tools.Count > 0 || (filter.Roles.Count > 0 && !filter.Roles.Contains("commit"))))
        {
            return null;
        }

        var conditions = new Conditions()
            .Add($"{Name} match $match", ("$match", match))
            .Visible(filter.Visibility)
            .Like(CommitColumns.Project, "$projects", filter.Projects)
            .Like("c.branch", "$branches", filter.Branches)
            .In("c.source", "$sources", filter.Sources);
        if (this == Turns)
        {
            conditions.OfRoleAndTool(filter.Roles, filter.Tools);
        }

        if (filter.Since is { } since)
        {
            conditions.Add($"{Time} >= $since", ("$since", since));
        }

        return filter.Until is { } until ? conditions.Add($"{Time} <= $until", ("$until", until)) : conditions;
    }
}
