namespace CogCommit.Core.Store;

/// <summary>One of the two full-text indexes, by the names that Schema/100-fulltext.sql gives to what belongs to it.</summary>
/// <param name="Table">Whose rows it holds.</param>
/// <param name="Name">What its names begin with.</param>
/// <param name="Stored">The table's columns of which its texts are made.</param>
/// <param name="Columns">What is searched, but for the column spaced, which follows them.</param>
internal sealed record FullTextPart(string Table, string Name, string[] Stored, params string[] Columns)
{
    public static FullTextPart Commits { get; } =
        new("cognitive_commits", "commit", ["title", "derived_title", "git_subject", "files_read", "files_changed"], "title", "git_subject", "files");

    public static FullTextPart Turns { get; } = new("turns", "turn", ["content", "tool_calls"], "prompt", "answer", "tool_input", "tool_result");

    public static IReadOnlyList<FullTextPart> All { get; } = [Commits, Turns];

    public string Index => $"{Name}_index";

    /// <summary>The view of what the index is to hold.</summary>
    public string Texts => $"{Name}_texts";

    /// <summary>The same without the column spaced.</summary>
    public string RawTexts => $"{Name}_raw_texts";

    /// <summary>What the index holds of rows that change.</summary>
    public string Before => $"{Texts}_before";

    /// <summary>Which rows wait for the index.</summary>
    public string Later => $"{Index}_later";

    /// <summary>Whether a row's column spaced may hold anything, as a condition on what is stored.</summary>
    public string MayBeSpaced => string.Join(" or ", Stored.Select(name => $"may_be_spaced({name})"));

    public string ColumnList => string.Join(", ", Columns);
}
