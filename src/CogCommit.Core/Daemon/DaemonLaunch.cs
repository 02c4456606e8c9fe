using System.Diagnostics;
using System.Globalization;
using CogCommit.Core.Store;

namespace CogCommit.Core.Daemon;

/// <summary>Starts a process that outlives this one and its terminal, and has nothing of them but the environment.</summary>
internal static class DaemonLaunch
{
    /// <summary>Of a copy the assembly that .NET runs before PowerShell (decision 0019), and that PowerShell imports where it does not.</summary>
    public const string AssemblyFile = "CogCommit.PowerShell.dll";

    // Between the two, so that the daemon is nobody's child here: it leaves no zombie behind in a session that goes on.
    private const string Shell = "cd \"$1\" || exit 1; log=$2; shift 2; \"$@\" </dev/null >>\"$log\" 2>&1 & echo $!";

    // Of use for signing in alone, which a daemon never does: it would only lie about in a process that lives for weeks.
    private const string Token = "COGCOMMIT_REFRESH_TOKEN";

    /// <summary>
    /// What the daemon is to call itself, so that whoever started it knows it again: the process that was started may be another, for the pwsh of
    /// the dotnet tool only starts the true one and waits, where it is not made the daemon itself.
    /// </summary>
    public const string IdVariable = "COGCOMMIT_DAEMON_ID";

    /// <summary>What this process was started to call itself; null where it was not. It is so once: the next one that watches here is another.</summary>
    public static string? TakeId()
    {
        var id = Environment.GetEnvironmentVariable(IdVariable);
        Environment.SetEnvironmentVariable(IdVariable, null);
        return Guid.TryParseExact(id, "N", out _) ? id : null;
    }

    /// <summary>What the daemon's PowerShell runs, where it comes to run anything.</summary>
    /// <param name="copy">The folder of its assemblies.</param>
    public static string Command(string copy) =>
        $"Import-Module -Name {PowerShellText.Quoted(Path.Combine(copy, AssemblyFile))} -ErrorAction Stop; Watch-CogCommit -Daemon -ErrorAction Stop";

    /// <summary>The same where neither environment nor standard error can be given to it.</summary>
    /// <param name="id">What it is to call itself.</param>
    /// <param name="copy">The folder of its assemblies.</param>
    /// <param name="home">The home's folder.</param>
    /// <param name="errorLog">Where it writes why it does not come up.</param>
    public static string Command(string id, string copy, string home, string errorLog) =>
        $"try {{ $env:{IdVariable} = {PowerShellText.Quoted(id)}; $env:{CogCommitHome.Variable} = {PowerShellText.Quoted(home)}; {Command(copy)} }} "
        + $"catch {{ Add-Content -LiteralPath {PowerShellText.Quoted(errorLog)} -Value \"$_\"; exit 1 }}";

    /// <summary>Starts it, and gives its process id, or null where the system does not say.</summary>
    public static async Task<int?> StartAsync(PowerShellProgram program, string id, string copy, string folder, string log, CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
        {
            return StartHidden(program, id, copy, folder, log);
        }

        var start = new ProcessStartInfo("/bin/sh", ["-c", Shell, "sh", folder, log, program.Path, .. Arguments(program, Command(copy))]) { RedirectStandardOutput = true };
        start.Environment[Terminal.LeaveVariable] = "1";
        start.Environment[IdVariable] = id;

        // Where it is set it may be relative, and the daemon is in another folder.
        start.Environment[CogCommitHome.Variable] = folder;
        if (StartupHooks.With(Environment.GetEnvironmentVariable(StartupHooks.Variable), Path.Combine(copy, AssemblyFile)) is { } hooks)
        {
            start.Environment[StartupHooks.Variable] = hooks;
        }

        foreach (var (name, value) in DaemonEnvironment.Variables)
        {
            start.Environment[name] = value;
        }

        start.Environment.Remove(Token);
        using var shell = Process.Start(start)!;
        var said = await shell.StandardOutput.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
        await shell.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        return int.TryParse(said.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? pid : null;
    }

    // Through the shell of Windows: what it starts inherits no handle, so that no pipe of ours is held open for as long as the daemon lives.
    private static int? StartHidden(PowerShellProgram program, string id, string copy, string folder, string log)
    {
        var start = new ProcessStartInfo(program.Path, Arguments(program, Command(id, copy, folder, log)))
        {
            UseShellExecute = true,
            WindowStyle = ProcessWindowStyle.Hidden,
            WorkingDirectory = folder,
        };
        using var process = Process.Start(start);
        return process?.Id;
    }

    private static IEnumerable<string> Arguments(PowerShellProgram program, string command) => [.. program.Before, "-NoProfile", "-NonInteractive", "-Command", command];
}
