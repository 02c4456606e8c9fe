namespace CogCommit.Core.Sync;

/// <summary>A picture that the cloud may lack.</summary>
/// <param name="Id">Of the visual.</param>
/// <param name="Path">Where it is to lie, in the cloud's words.</param>
/// <param name="Mime">Its media type; empty when nobody knows.</param>
/// <param name="Hash">The SHA-256 of its content, and its file's name here.</param>
/// <param name="Bytes">Its size, as its row says.</param>
/// <param name="Known">The cloud said something of it before; else it may have it already, from another machine.</param>
/// <param name="Upload">The cloud's name of a resumable upload that was begun.</param>
internal sealed record OutgoingVisual(string Id, string Path, string Mime, string Hash, long Bytes, bool Known, string? Upload);
