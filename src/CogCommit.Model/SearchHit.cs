namespace CogCommit;

/// <summary>A place where a search found its words.</summary>
public sealed class SearchHit
{
    private readonly string _marked;

    /// <param name="marked">The text around the match on one line, the match between <see cref="MatchStart"/> and <see cref="MatchEnd"/>.</param>
    public SearchHit(string marked) => _marked = marked;

    /// <summary>The commit the place belongs to.</summary>
    public required string CommitId { get; init; }

    /// <summary>The session, or null when the commit itself (title, git subject, file path) matched.</summary>
    public string? SessionId { get; init; }

    /// <summary>The turn, or null; see <see cref="SessionId"/>.</summary>
    public string? TurnId { get; init; }

    /// <summary>The commit's title.</summary>
    public required string Title { get; init; }

    /// <summary>The project's name, or null.</summary>
    public string? ProjectName { get; init; }

    /// <summary><c>user</c>, <c>assistant</c>, or <c>commit</c> when the commit itself matched.</summary>
    public required string Role { get; init; }

    /// <summary>The turn's time, or the commit's start.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>The text around the match on one line; the match stands between « and ».</summary>
    public string Snippet => _marked.Replace(MatchStart, '«').Replace(MatchEnd, '»');

    /// <summary>Greater is better.</summary>
    public double Rank { get; init; }

    /// <summary>
    /// The text of <see cref="Snippet"/>, with marks that no text of people's holds. A method, since the marks are control characters: as a
    /// property they would stand in every CSV and JSON.
    /// </summary>
    public string MarkedSnippet() => _marked;

    /// <summary>Stands before a match in <see cref="MarkedSnippet"/>.</summary>
    public const char MatchStart = '\u0002';

    /// <summary>Stands behind a match in <see cref="MarkedSnippet"/>.</summary>
    public const char MatchEnd = '\u0003';
}
