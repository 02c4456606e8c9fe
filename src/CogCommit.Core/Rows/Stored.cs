namespace CogCommit.Core.Rows;

/// <summary>A row of the store and what the store knows of its travels.</summary>
/// <param name="Row">As it travels.</param>
/// <param name="ChangeSeq">The number of its last local change.</param>
/// <param name="PushedSeq">The change that the cloud confirmed last.</param>
internal sealed record Stored<T>(T Row, long ChangeSeq, long PushedSeq)
{
    /// <summary>Of a commit: the version of its curated half that the cloud is known to have; 0 when none is.</summary>
    public int CloudVersion { get; init; }

    /// <summary>Of a commit: the hash of the curated half that the cloud is known to have; null when none is.</summary>
    public string? CloudSaid { get; init; }

    public bool IsPending => ChangeSeq > PushedSeq;
}
