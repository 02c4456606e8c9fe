namespace CogCommit.Help.Pages;

/// <summary>An example of a cmdlet.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Code">What is typed, lines broken by \n.</param>
/// <param name="Needs">The words after <c>powershell</c> on the fence: what must be there for it to run.</param>
/// <param name="Remarks">What comes of it, in paragraphs.</param>
/// <param name="Line">Where its code begins, from 1.</param>
public sealed record Example(string Title, string Code, IReadOnlyList<string> Needs, IReadOnlyList<string> Remarks, int Line);
