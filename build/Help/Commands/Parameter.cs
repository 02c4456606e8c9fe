namespace CogCommit.Help.Commands;

/// <summary>A parameter as the engine has it, in one set of parameters.</summary>
/// <param name="Name">Without the dash.</param>
/// <param name="Type">As the engine's syntax writes it: <c>string[]</c>; empty for a switch.</param>
/// <param name="Mandatory">In this set.</param>
/// <param name="Position">From 0; null: named only.</param>
/// <param name="ByValue">Takes the object of the pipeline.</param>
/// <param name="ByPropertyName">Takes a property of it.</param>
/// <param name="Wildcards">Its values may have them.</param>
/// <param name="Aliases">Other names.</param>
/// <param name="Values">The only ones it takes; empty: any.</param>
/// <param name="Default">What it is where nothing is said.</param>
public sealed record Parameter(
    string Name,
    string Type,
    bool Mandatory,
    int? Position,
    bool ByValue,
    bool ByPropertyName,
    bool Wildcards,
    IReadOnlyList<string> Aliases,
    IReadOnlyList<string> Values,
    string Default);
