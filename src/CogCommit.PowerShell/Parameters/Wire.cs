namespace CogCommit.PowerShell.Parameters;

/// <summary>Words of the wire that parameters take as they are.</summary>
internal static class Wire
{
    internal const string GitCommit = "git_commit";
    internal const string SessionEnd = "session_end";
    internal const string Explicit = "explicit";

    internal const string ClaudeCode = "claude_code";

    internal const string Pending = "pending";
    internal const string Synced = "synced";
    internal const string Filtered = "filtered";
    internal const string OverLimit = "over_limit";
    internal const string Conflict = "conflict";
    internal const string Error = "error";
    internal const string TooLarge = "too_large";

    internal const string User = "user";
    internal const string Assistant = "assistant";
    internal const string Commit = "commit";
}
