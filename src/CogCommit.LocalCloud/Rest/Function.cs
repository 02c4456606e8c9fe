namespace CogCommit.LocalCloud.Rest;

/// <summary>
/// A function of the schema public and its input arguments, of which the last <c>Defaults</c> may be left out. ReadOnly: it is STABLE
/// or IMMUTABLE.
/// </summary>
internal sealed record Function(
    string Name,
    IReadOnlyList<string> Arguments,
    IReadOnlyList<string> Types,
    int Defaults,
    bool ReturnsSet,
    bool ReturnsRow,
    bool ReturnsVoid,
    bool ReadOnly)
{
    public bool Takes(string name, IReadOnlyCollection<string> arguments) =>
        Name == name
        && arguments.All(Arguments.Contains)
        && Arguments.Take(Arguments.Count - Defaults).All(arguments.Contains);
}
