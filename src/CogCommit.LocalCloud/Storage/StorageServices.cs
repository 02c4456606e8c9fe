namespace CogCommit.LocalCloud.Storage;

/// <summary>What the endpoints work with: the objects' rows, their bytes, and the uploads that are under way.</summary>
internal sealed record StorageServices(ObjectRows Rows, CloudTokens Tokens, ObjectFiles Files, UnfinishedUploads Uploads)
{
    /// <summary>Takes away what a crash or a client that never came back has left.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        Uploads.Sweep();
        Files.Sweep(await Rows.VersionsAsync(cancellationToken));
    }
}
