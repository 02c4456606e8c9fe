namespace CogCommit.Core.Daemon;

/// <summary>A PowerShell that can be started: a program, and what stands before its own arguments.</summary>
/// <param name="Path">The program.</param>
/// <param name="Before">Arguments that come first: <c>pwsh.dll</c> where the program is dotnet.</param>
public sealed record PowerShellProgram(string Path, IReadOnlyList<string> Before)
{
    /// <summary>
    /// The one that runs, if it is one: pwsh, or dotnet with pwsh.dll. In another host (an editor, a test) the one that lies beside the engine,
    /// else the one on PATH.
    /// </summary>
    /// <param name="running">The running process' program, or null.</param>
    /// <param name="first">Its first argument as .NET has it: the assembly that was started.</param>
    /// <param name="psHome">$PSHOME.</param>
    /// <param name="path">The folders of PATH.</param>
    /// <param name="exists">Whether there is a file.</param>
    /// <exception cref="CogCommitException">PowerShellNotFound.</exception>
    public static PowerShellProgram Find(string? running, string? first, string? psHome, IEnumerable<string> path, Func<string, bool> exists)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(exists);
        if (running is not null && Named(running, "pwsh"))
        {
            return new PowerShellProgram(running, []);
        }

        if (running is not null && Named(running, "dotnet") && first is not null && System.IO.Path.GetFileName(first).Equals("pwsh.dll", StringComparison.OrdinalIgnoreCase))
        {
            return new PowerShellProgram(running, [System.IO.Path.GetFullPath(first)]);
        }

        var name = OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh";
        return path.Prepend(psHome).OfType<string>().Where(folder => folder.Length > 0)
            .Select(folder => System.IO.Path.Combine(folder, name)).FirstOrDefault(exists) is { } found
            ? new PowerShellProgram(found, [])
            : throw new CogCommitException(
                "PowerShellNotFound",
                "A daemon is started by a PowerShell, and none was found: this session's host is none that can be started, and there is no pwsh on PATH. Install PowerShell 7, or put its folder on PATH, then try again.",
                ErrorKind.NotFound);
    }

    /// <summary>
    /// The same program by a name that outlives an update of PowerShell, for what is written down: the one on PATH where it leads here (Homebrew
    /// and others keep the program itself in a folder of its version), and the alias of a pwsh of the Store.
    /// </summary>
    /// <param name="path">The folders of PATH.</param>
    /// <param name="target">What a file is in the end, all links followed; null where there is none.</param>
    /// <param name="aliases">The folder of the Store's aliases, or null.</param>
    public PowerShellProgram Lasting(IEnumerable<string> path, Func<string, string?> target, string? aliases)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(target);
        if (Before.Count > 0)
        {
            return this;
        }

        var name = System.IO.Path.GetFileName(Path);
        if (aliases is not null && Path.Replace('/', '\\').Contains("\\WindowsApps\\", StringComparison.OrdinalIgnoreCase))
        {
            return this with { Path = System.IO.Path.Combine(aliases, name) };
        }

        // pwsh puts its own folder before all others, and that would be the one name that does not last.
        return target(Path) is { } here && path.Where(folder => folder.Length > 0)
            .Select(folder => System.IO.Path.GetFullPath(System.IO.Path.Combine(folder, name)))
            .FirstOrDefault(file => file != System.IO.Path.GetFullPath(Path) && target(file) == here) is { } lasting
            ? this with { Path = lasting }
            : this;
    }

    private static bool Named(string program, string name) => System.IO.Path.GetFileNameWithoutExtension(program).Equals(name, StringComparison.OrdinalIgnoreCase);
}
