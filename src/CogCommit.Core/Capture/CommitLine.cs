namespace CogCommit.Core.Capture;

/// <summary>A line by which git says that it made a commit.</summary>
/// <param name="Branch">The branch, or git's words for a detached HEAD.</param>
/// <param name="IsRoot">The first commit of its history.</param>
/// <param name="Hash">As git printed it, 7 to 64 hex digits.</param>
/// <param name="Subject">The first line of its message.</param>
internal readonly record struct CommitLine(string Branch, bool IsRoot, string Hash, string Subject);
