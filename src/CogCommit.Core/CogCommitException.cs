namespace CogCommit.Core;

/// <summary>An error for the reader: the message says what happened, what was kept and what to do next.</summary>
public class CogCommitException(string errorId, string message, ErrorKind kind, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Stable, in PascalCase; scripts match on it.</summary>
    public string ErrorId { get; } = errorId;

    public ErrorKind Kind { get; } = kind;
}
