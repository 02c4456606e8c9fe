namespace CogCommit.Core.Cloud.Storage;

/// <summary>A picture on its way to the cloud.</summary>
public sealed record PictureUpload
{
    /// <summary>Where it is to lie in the bucket.</summary>
    public required string Path { get; init; }

    /// <summary>Its media type: one that the bucket takes.</summary>
    public required string Mime { get; init; }

    /// <summary>Its bytes; can seek. Not disposed.</summary>
    public required Stream Content { get; init; }

    /// <summary>The cloud's name for an upload of the same bytes that was begun before and may go on; null: none is known.</summary>
    public string? ResumeAt { get; init; }

    /// <summary>Told the name of a resumable upload when it begins, to be kept, and null when it is of no use any more.</summary>
    public Action<string?> Began { get; init; } = static _ => { };

    /// <summary>Told how many bytes the cloud has.</summary>
    public Action<long> Sent { get; init; } = static _ => { };
}
