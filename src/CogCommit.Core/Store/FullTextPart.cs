namespace CogCommit.Core.Store;

/// <summary>One of the two full-text indexes, by the names that Schema/100-fulltext.sql gives to what belongs to it.</summary>
/// <param name="Table">Whose rows it holds.</param>
/// <param name="Name">What its names begin with.</param>
/// <param name="Columns">What is searched, but for the column spaced, which follows them.</param>
internal sealed record FullTextPart(string Table, string Name, params string[] Columns)
{
    public static IReadOnlyList<FullTextPart> All { get; } =
    [
        new("cognitive_commits", "commit", "title", "git_subject", "files"),
        new("turns", "turn", "prompt", "answer", "tool_input", "tool_result"),
    ];

    public string Index => $"{Name}_index";

    /// <summary>The view of what the index is to hold.</summary>
    public string Texts => $"{Name}_texts";

    /// <summary>The same without the column spaced.</summary>
    public string RawTexts => $"{Name}_raw_texts";

    /// <summary>What the index holds of rows that change.</summary>
    public string Before => $"{Texts}_before";

    /// <summary>Which rows wait for the end of the transaction.</summary>
    public string Later => $"{Index}_later";

    public string ColumnList => string.Join(", ", Columns);
}
