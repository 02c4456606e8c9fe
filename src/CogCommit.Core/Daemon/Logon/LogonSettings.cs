namespace CogCommit.Core.Daemon.Logon;

/// <summary>What the texts for the systems are made of.</summary>
public sealed record LogonSettings
{
    /// <summary>The PowerShell that is started.</summary>
    public required PowerShellProgram Program { get; init; }

    /// <summary>What Import-Module is given: see <see cref="ModuleSource"/>.</summary>
    public required string Module { get; init; }

    /// <summary>The script that the system runs.</summary>
    public required string Launcher { get; init; }

    /// <summary>Where that says why it did not come up.</summary>
    public required string StartLog { get; init; }

    /// <summary>Variables that it needs, in the order in which they are written.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Variables { get; init; } = [];

    /// <summary>What a PowerShell runs to make the copy that the daemon runs from, and to say where it is.</summary>
    public string MakeCopy => $"Import-Module -Name {PowerShellText.Quoted(Module)} -ErrorAction Stop; Start-CogCommitDaemon -CopyOnly -ErrorAction Stop";

    /// <summary>
    /// What to import at each logon. By path, for at logon PSModulePath may be another one than here. Of an installed module the folder above
    /// that of its version, in which PowerShell takes the newest: so an upgrade counts, and one that takes the old version away breaks nothing.
    /// </summary>
    /// <param name="moduleBase">The folder of the manifest.</param>
    public static string ModuleSource(string moduleBase)
    {
        var above = Path.GetDirectoryName(moduleBase);
        return Version.TryParse(Path.GetFileName(moduleBase), out _) && Path.GetFileName(above) == "CogCommit"
            ? above!
            : Path.Combine(moduleBase, "CogCommit.psd1");
    }
}
