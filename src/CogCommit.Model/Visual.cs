namespace CogCommit;

/// <summary>A screenshot or other picture that belongs to a commit.</summary>
public sealed class Visual
{
    private byte[]? _content;
    private string? _path;

    /// <summary>UUID of the visual.</summary>
    public required string VisualId { get; init; }

    /// <summary>The commit it belongs to.</summary>
    public required string CommitId { get; init; }

    /// <summary>The turn in which it was shown; null when it belongs to the commit as a whole.</summary>
    public string? TurnId { get; init; }

    /// <summary>The name of the commit's project, or null when none is known.</summary>
    public string? ProjectName { get; init; }

    /// <summary><c>image</c> of a transcript, or what it was called when it was added: <c>screenshot</c>, ...</summary>
    public required string Type { get; init; }

    /// <summary>What its content is: <c>image/png</c>, <c>image/jpeg</c>, <c>image/gif</c>, <c>image/webp</c>, or another; null when nobody says.</summary>
    public string? MimeType { get; init; }

    /// <summary>Size of its content, in bytes.</summary>
    public long Bytes { get; init; }

    /// <summary>SHA-256 of its content, 64 hex digits in lower case; null when that is not known.</summary>
    public string? ContentHash { get; init; }

    /// <summary>When it was taken, in whole microseconds.</summary>
    public required DateTimeOffset CapturedAt { get; init; }

    /// <summary>What its user wrote below it, or null.</summary>
    public string? Caption { get; init; }

    /// <summary>Its content is on this machine: captured or added here, or fetched before and still in the cache.</summary>
    public bool IsLocal => _path is not null;

    /// <summary>Where the content lies on this machine, or null; a name without an ending.</summary>
    public string? Path
    {
        get => _path;
        init => _path = value;
    }

    /// <summary>How what is known of it stands to the cloud: <c>synced</c>, <c>pending</c>, <c>error</c>, <c>too_large</c>, <c>over_limit</c>.</summary>
    public required string SyncStatus { get; init; }

    /// <summary>
    /// The picture itself; null unless it was asked for. No property, so that a table, a CSV or JSON of visuals does not hold megabytes of
    /// numbers; in PowerShell it has one that is not listed, Content.
    /// </summary>
    public byte[]? GetContent() => _content;

    /// <summary>The same with its content.</summary>
    /// <param name="content">All of it.</param>
    /// <param name="path">Where it lies on this machine.</param>
    public Visual WithContent(byte[] content, string path)
    {
        var copy = (Visual)MemberwiseClone();
        (copy._content, copy._path) = (content, path);
        return copy;
    }

    /// <summary>The caption, else type and id.</summary>
    public override string ToString() => Caption ?? $"{Type} {VisualId}";
}
