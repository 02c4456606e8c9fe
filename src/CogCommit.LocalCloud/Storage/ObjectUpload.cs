namespace CogCommit.LocalCloud.Storage;

/// <summary>Where an object is to lie, and as what.</summary>
/// <param name="Bucket">Its bucket.</param>
/// <param name="Name">Its path in the bucket.</param>
/// <param name="Type">Its media type.</param>
/// <param name="Replaces">One that lies there gives way; else it stays, and the upload is refused.</param>
internal sealed record ObjectUpload(string Bucket, string Name, string Type, bool Replaces);
