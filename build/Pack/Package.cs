namespace CogCommit.Build.Pack;

/// <summary>What the pack task made.</summary>
/// <param name="Folder">The module as a user's PSModulePath holds it: below a folder of its name, in one of its version.</param>
/// <param name="File">The same for a gallery.</param>
internal sealed record Package(string Folder, string File)
{
    /// <summary>What a test imports instead of the root's manifest.</summary>
    public const string Variable = "COGCOMMIT_MODULE";

    public string Manifest => Path.Combine(Folder, SourceManifest.FileName);
}
