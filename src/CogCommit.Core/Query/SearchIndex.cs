using CogCommit.Core.Store;

namespace CogCommit.Core.Query;

/// <summary>One of the two full-text indexes, with the tables its hits belong to.</summary>
/// <param name="Name">The index.</param>
/// <param name="Score"><see cref="Relevance"/> with the weights of its columns; better the lower it is.</param>
/// <param name="Row">Joins the row that a hit is of.</param>
/// <param name="Commit">Joins the commit of that row, as c; nothing where the row is the commit.</param>
/// <param name="Time">When it was said.</param>
/// <param name="Columns">What a hit says, but for its snippet.</param>
internal sealed record SearchIndex(string Name, string Score, string Row, string Commit, string Time, string Columns)
{
    private const string Shown = $"c.id, {CommitColumns.Title}, {CommitColumns.Project}";

    // What a person asked weighs most, what a tool printed least.
    public static readonly SearchIndex Turns = new(
        "turn_index", "relevance(turn_index, 4.0, 2.0, 1.0, 0.5, 1.0)",
        "cross join turns t on t.row = turn_index.rowid",
        "cross join sessions s on s.id = t.session_id cross join cognitive_commits c on c.id = s.commit_id",
        "t.timestamp", $"{Shown}, s.id, t.id, t.role");

    public static readonly SearchIndex Commits = new(
        "commit_index", "relevance(commit_index, 6.0, 4.0, 1.0, 1.0)",
        "cross join cognitive_commits c on c.row = commit_index.rowid", "",
        "c.started_at", $"{Shown}, null, null, 'commit'");

    public string From => $"{Name} {Row}";

    public string FromWithCommit => $"{From} {Commit}";

    /// <summary>What a hit has to meet, of its commit too. Null when the filter asks for what this index does not have.</summary>
    public Conditions? Conditions(SearchFilter filter, string match) => OfRow(filter, match) is { } conditions ? OfCommit(conditions, filter) : null;

    /// <summary>What a hit has to meet that <see cref="From"/> tells. Null as above.</summary>
    public Conditions? OfRow(SearchFilter filter, string match)
    {
        var roles = Roles(filter);
        if ((filter.Roles.Count > 0 && roles.Count == 0) || (this == Commits && filter.Tools.Count > 0))
        {
            return null;
        }

        var conditions = new Conditions().Add($"{Name} match $match", ("$match", Match(filter, match)));
        if (this == Turns)
        {
            conditions.OfRoleAndTool(roles, filter.Tools);
        }

        if (filter.Since is { } since)
        {
            conditions.Add($"{Time} >= $since", ("$since", since));
        }

        return filter.Until is { } until ? conditions.Add($"{Time} <= $until", ("$until", until)) : conditions;
    }

    /// <summary>
    /// Whether commits are asked before hits are ranked. To read the commits of a thousand hits costs more than to find them; so where nearly all are
    /// shown, those alone are asked about that are about to be given.
    /// </summary>
    public bool AsksCommitFirst(SearchFilter filter) => this == Commits || filter.Visibility is not (Visibility.Shown or Visibility.All)
        || filter.Projects.Count > 0 || filter.Branches.Count > 0 || filter.Sources.Count > 0;

    /// <summary>What FTS5 looks for. What a person said stands in two columns alone: so it passes over the many answers with the same word by itself.</summary>
    public string Match(SearchFilter filter, string match) => this == Turns && Roles(filter) is ["user"] ? $"{{prompt spaced}} : ({match})" : match;

    private static Conditions OfCommit(Conditions conditions, SearchFilter filter) => conditions
        .Visible(filter.Visibility)
        .Like(CommitColumns.Project, "$projects", filter.Projects)
        .Like("c.branch", "$branches", filter.Branches)
        .In("c.source", "$sources", filter.Sources);

    private List<string> Roles(SearchFilter filter) => [.. filter.Roles.Where(role => (role == "commit") == (this == Commits))];
}
