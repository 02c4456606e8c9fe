namespace CogCommit;

/// <summary>A line of a transcript that could not be read.</summary>
/// <param name="File">The transcript's path.</param>
/// <param name="Line">Line number, from 1.</param>
/// <param name="Reason">What is wrong with it.</param>
public sealed record BadLine(string File, long Line, string Reason);
