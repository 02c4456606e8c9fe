namespace CogCommit.Build;

/// <summary>The task cannot go on; the message says what to do.</summary>
internal sealed class BuildException(string message) : Exception(message);
