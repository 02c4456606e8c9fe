namespace CogCommit.Help;

/// <summary>A page of the help is not as it must be. The message is what MSBuild shows as an error, with file and line.</summary>
/// <param name="file">The page.</param>
/// <param name="line">From 1.</param>
/// <param name="what">What is wrong, and what is expected.</param>
public sealed class HelpException(string file, int line, string what) : Exception($"{file}({line}): error HELP: {what}");
