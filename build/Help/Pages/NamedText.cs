namespace CogCommit.Help.Pages;

/// <summary>What is said of a parameter or a type.</summary>
/// <param name="Name">The parameter without its dash, or the type's full name.</param>
/// <param name="Text">In paragraphs.</param>
/// <param name="Line">Where its heading stands, from 1.</param>
public sealed record NamedText(string Name, IReadOnlyList<string> Text, int Line);
