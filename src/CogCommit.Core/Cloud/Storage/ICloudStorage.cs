namespace CogCommit.Core.Cloud.Storage;

/// <summary>The content of visuals in the cloud.</summary>
public interface ICloudStorage
{
    /// <summary>Writes an object's content, at most <paramref name="atMost"/> bytes of it.</summary>
    Task DownloadAsync(string path, Stream target, long atMost, CancellationToken cancellationToken);
}
