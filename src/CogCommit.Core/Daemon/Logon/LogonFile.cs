namespace CogCommit.Core.Daemon.Logon;

/// <summary>A file that registering writes.</summary>
/// <param name="Path">Where.</param>
/// <param name="Text">What.</param>
/// <param name="IsUtf16">As the Task Scheduler wants it; else UTF-8.</param>
public sealed record LogonFile(string Path, string Text, bool IsUtf16 = false);
