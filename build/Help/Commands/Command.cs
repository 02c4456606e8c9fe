namespace CogCommit.Help.Commands;

/// <summary>A cmdlet as the engine has it.</summary>
/// <param name="Name">Verb-Noun.</param>
/// <param name="Verb">Its verb.</param>
/// <param name="Noun">Its noun.</param>
/// <param name="Sets">Its sets of parameters, the default one first; each with the parameters in the order of its syntax.</param>
public sealed record Command(string Name, string Verb, string Noun, IReadOnlyList<IReadOnlyList<Parameter>> Sets)
{
    /// <summary>Each parameter once, as the first set that has it says.</summary>
    public IReadOnlyList<Parameter> Parameters => [.. Sets.SelectMany(set => set).DistinctBy(parameter => parameter.Name)];
}
