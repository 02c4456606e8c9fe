namespace CogCommit.Core.Daemon.Logon;

/// <summary>The script that the Task Scheduler runs at logon.</summary>
internal static class LauncherScript
{
    public static string Text(LogonSettings settings)
    {
        var pwsh = string.Join(' ', settings.Program.Before.Prepend(settings.Program.Path).Select(PowerShellText.Quoted));

        // The system cannot give a program variables of its own.
        var variables = string.Concat(settings.Variables.Select(variable => $"$env:{variable.Key} = {PowerShellText.Quoted(variable.Value)}\n"));
        return $$"""
            # Written by Register-CogCommitDaemon. The module that is installed now is copied, and watches from the copy: so it can be upgraded
            # or removed at any time, and an upgrade counts from the next start on. Another process makes the copy, for whoever imports a
            # module holds its files.
            $ErrorActionPreference = 'Stop'
            {{variables}}$copy = & {{pwsh}} -NoProfile -NonInteractive -Command {{PowerShellText.Quoted(settings.MakeCopy)}}
            if ($LASTEXITCODE -ne 0 -or -not $copy) { exit 1 }

            # Only its name counts: the path may have characters that this console cannot say.
            Import-Module -Name (Join-Path $PSScriptRoot (Split-Path $copy -Leaf) '{{DaemonLaunch.AssemblyFile}}')
            try {
                Watch-CogCommit -Daemon
            }
            catch {
                # Somebody watches already: that is what was wanted.
                if ($_.FullyQualifiedErrorId -like '{{WatchPlace.AlreadyWatchingId}}*') { exit 0 }
                throw
            }

            """.ReplaceLineEndings("\n");
    }
}
