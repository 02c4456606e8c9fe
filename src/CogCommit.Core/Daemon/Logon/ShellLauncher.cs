namespace CogCommit.Core.Daemon.Logon;

/// <summary>The script that systemd and launchd run at logon. Its last line is the process that they look after, and that becomes the daemon (decision 0019).</summary>
internal static class ShellLauncher
{
    private const string ModuleVariable = "COGCOMMIT_DAEMON_MODULE";

    // Where .NET makes the process the daemon, PowerShell comes to run nothing. Somebody who watches already is what was wanted, there as here.
    private const string Watch =
        $"Import-Module -Name $env:{ModuleVariable} -ErrorAction Stop; try {{ Watch-CogCommit -Daemon -ErrorAction Stop }} catch {{ if ($_.FullyQualifiedErrorId -like '{WatchPlace.AlreadyWatchingId}*') {{ exit 0 }}; throw }}";

    public static string Text(LogonSettings settings)
    {
        var pwsh = string.Join(' ', settings.Program.Before.Prepend(settings.Program.Path).Select(Quoted).Append("-NoProfile -NonInteractive -Command"));

        // As it is written, whatever this system's own paths look like.
        var folder = settings.Launcher[..settings.Launcher.LastIndexOfAny(['/', '\\'])];
        var variables = string.Concat(DaemonEnvironment.Variables.Concat(settings.Variables).Select(variable => $"export {variable.Key}={Quoted(variable.Value)}\n"));

        // A path in which another would begin cannot be named so: there PowerShell watches.
        var hooks = folder.Contains(':', StringComparison.Ordinal) ? ""
            : $"export {StartupHooks.Variable}=\"${{{StartupHooks.Variable}:+${StartupHooks.Variable}:}}${ModuleVariable}\"\n";
        return $$"""
            #!/bin/sh
            # Written by Register-CogCommitDaemon. The module that is installed now is copied, and watches from the copy: so it can be upgraded
            # or removed at any time, and an upgrade counts from the next start on.
            {{variables}}copy=$({{pwsh}} {{Quoted(settings.MakeCopy)}}) || exit 1

            # Only its name counts: the path may have characters that this console cannot say.
            export {{ModuleVariable}}={{Quoted(folder)}}/"${copy##*/}"/{{DaemonLaunch.AssemblyFile}}
            test -f "${{ModuleVariable}}" || { echo "There is no ${{ModuleVariable}}: the module was not copied." >&2; exit 1; }
            {{hooks}}exec {{pwsh}} {{Quoted(Watch)}}

            """.ReplaceLineEndings("\n");
    }

    /// <summary>In single quotes, in which nothing means anything to the shell but they themselves.</summary>
    private static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
