namespace CogCommit.Core.Rows;

/// <summary>As much of a session or turn that is here as the merge needs.</summary>
/// <param name="Rev">Its revision.</param>
/// <param name="Hash">The hash of its content; null when nobody computed it.</param>
/// <param name="Parent">Its commit or session.</param>
/// <param name="ChangeSeq">The number of its last local change.</param>
/// <param name="PushedSeq">The change that the cloud confirmed last.</param>
internal sealed record StoredRevision(string Rev, string? Hash, string Parent, long ChangeSeq, long PushedSeq);
