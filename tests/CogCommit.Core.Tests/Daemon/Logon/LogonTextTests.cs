using System.Xml.Linq;
using CogCommit.Core.Daemon;
using CogCommit.Core.Daemon.Logon;

namespace CogCommit.Core.Tests.Daemon.Logon;

/// <summary>What is written for each system, to the letter.</summary>
public sealed class LogonTextTests
{
    [Fact]
    public void A_unit_of_systemd() => Assert.Equal(
        """
        # Written by Register-CogCommitDaemon.
        [Unit]
        Description=CogCommit: captures cognitive commits and keeps them in sync

        [Service]
        ExecStart=/bin/sh "/home/ada/.cogcommit/daemon/start.sh"
        Restart=on-failure
        RestartSec=30
        TimeoutStopSec=60

        [Install]
        WantedBy=default.target

        """.ReplaceLineEndings("\n"),
        SystemdUnit.Text(LogonTexts.Plain));

    [Fact]
    public void In_a_unit_percent_dollar_quotes_and_backslashes_mean_themselves()
    {
        var lines = SystemdUnit.Text(LogonTexts.Odd).Split('\n');
        Assert.Contains("""ExecStart=/bin/sh "/home/Jeanne \"d'Arc\" <$$HOME> & %%h \\/start.sh" """.TrimEnd(), lines);
    }

    [Fact]
    public void A_line_break_in_a_path_ends_no_line_of_a_unit() => Assert.Contains(
        """ "/home/a\u000aExecStart=/bin/evil/start.sh" """.Trim(),
        SystemdUnit.Text(LogonTexts.Plain with { Launcher = "/home/a\nExecStart=/bin/evil/start.sh" }), StringComparison.Ordinal);

    [Fact]
    public void An_agent_of_launchd() => Assert.Equal(
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
        <!-- Written by Register-CogCommitDaemon. -->
        <plist version="1.0">
        <dict>
            <key>Label</key>
            <string>org.cogcommit.daemon</string>
            <key>ProgramArguments</key>
            <array>
                <string>/bin/sh</string>
                <string>/home/ada/.cogcommit/daemon/start.sh</string>
            </array>
            <key>RunAtLoad</key>
            <true/>
            <key>KeepAlive</key>
            <dict>
                <key>SuccessfulExit</key>
                <false/>
            </dict>
            <key>ThrottleInterval</key>
            <integer>30</integer>
            <key>ProcessType</key>
            <string>Background</string>
            <key>StandardErrorPath</key>
            <string>/home/ada/.cogcommit/logs/daemon-start.log</string>
        </dict>
        </plist>

        """.ReplaceLineEndings("\n"),
        LaunchAgent.Text(LogonTexts.Plain));

    [Fact]
    public void An_agent_holds_any_path()
    {
        var plist = XDocument.Parse(LaunchAgent.Text(LogonTexts.Odd).Replace("<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">", "", StringComparison.Ordinal));
        Assert.Equal(
            ["/bin/sh", LogonTexts.Odd.Launcher],
            plist.Descendants("array").Single().Elements().Select(word => word.Value));
    }

    [Fact]
    public void A_task_of_the_Task_Scheduler() => Assert.Equal(
        """
        <?xml version="1.0" encoding="UTF-16"?>
        <Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
          <RegistrationInfo>
            <Description>Captures cognitive commits and keeps them in sync. Written by Register-CogCommitDaemon.</Description>
          </RegistrationInfo>
          <Triggers>
            <LogonTrigger>
              <Enabled>true</Enabled>
              <UserId>HOME&amp;CO\ada</UserId>
            </LogonTrigger>
          </Triggers>
          <Principals>
            <Principal id="Author">
              <UserId>HOME&amp;CO\ada</UserId>
              <LogonType>InteractiveToken</LogonType>
              <RunLevel>LeastPrivilege</RunLevel>
            </Principal>
          </Principals>
          <Settings>
            <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
            <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
            <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
            <StartWhenAvailable>true</StartWhenAvailable>
            <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
            <Priority>7</Priority>
            <RestartOnFailure>
              <Interval>PT1M</Interval>
              <Count>255</Count>
            </RestartOnFailure>
          </Settings>
          <Actions Context="Author">
            <Exec>
              <Command>C:\Program Files\PowerShell\7\pwsh.exe</Command>
              <Arguments>-NoProfile -NonInteractive -WindowStyle Hidden -File &quot;C:\Users\Jeanne d&apos;Arc\.cogcommit\daemon\start.ps1&quot;</Arguments>
            </Exec>
          </Actions>
        </Task>

        """.ReplaceLineEndings("\r\n"),
        LogonTask.Text(
            LogonTexts.Plain with { Program = new PowerShellProgram(@"C:\Program Files\PowerShell\7\pwsh.exe", []), Launcher = @"C:\Users\Jeanne d'Arc\.cogcommit\daemon\start.ps1" },
            @"HOME&CO\ada"));

    [Fact]
    public void The_script_for_the_Task_Scheduler_copies_the_module_by_another_process_and_watches_from_the_copy() => Assert.Equal(
        """
        # Written by Register-CogCommitDaemon. The module that is installed now is copied, and watches from the copy: so it can be upgraded
        # or removed at any time, and an upgrade counts from the next start on. Another process makes the copy, for whoever imports a
        # module holds its files.
        $ErrorActionPreference = 'Stop'
        $copy = & '/usr/bin/pwsh' -NoProfile -NonInteractive -Command 'Import-Module -Name ''/home/ada/.local/share/powershell/Modules/CogCommit'' -ErrorAction Stop; Start-CogCommitDaemon -CopyOnly -ErrorAction Stop'
        if ($LASTEXITCODE -ne 0 -or -not $copy) { exit 1 }

        # Only its name counts: the path may have characters that this console cannot say.
        Import-Module -Name (Join-Path $PSScriptRoot (Split-Path $copy -Leaf) 'CogCommit.PowerShell.dll')
        try {
            Watch-CogCommit -Daemon
        }
        catch {
            # Somebody watches already: that is what was wanted.
            if ($_.FullyQualifiedErrorId -like 'AlreadyWatching*') { exit 0 }
            throw
        }

        """.ReplaceLineEndings("\n"),
        LauncherScript.Text(LogonTexts.Plain));

    [Fact]
    public void What_the_Task_Scheduler_gives_no_variables_sets_them_itself()
    {
        Assert.Contains("$env:COGCOMMIT_HOME = '/home/Jeanne \"d''Arc\" <$HOME> & %h \\'\n$env:CLAUDE_CONFIG_DIR = '/x'\n$copy = ", LauncherScript.Text(LogonTexts.Odd), StringComparison.Ordinal);
        Assert.DoesNotContain("$env:", LauncherScript.Text(LogonTexts.Plain), StringComparison.Ordinal);
    }

    [Fact]
    public void The_script_for_systemd_and_launchd_becomes_a_process_that_is_the_daemon_before_it_is_PowerShell() => Assert.Equal(
        """
        #!/bin/sh
        # Written by Register-CogCommitDaemon. The module that is installed now is copied, and watches from the copy: so it can be upgraded
        # or removed at any time, and an upgrade counts from the next start on.
        export NO_COLOR='1'
        export DOTNET_TieredPGO='0'
        copy=$('/usr/bin/pwsh' -NoProfile -NonInteractive -Command 'Import-Module -Name '\''/home/ada/.local/share/powershell/Modules/CogCommit'\'' -ErrorAction Stop; Start-CogCommitDaemon -CopyOnly -ErrorAction Stop') || exit 1

        # Only its name counts: the path may have characters that this console cannot say.
        export COGCOMMIT_DAEMON_MODULE='/home/ada/.cogcommit/daemon'/"${copy##*/}"/CogCommit.PowerShell.dll
        test -f "$COGCOMMIT_DAEMON_MODULE" || { echo "There is no $COGCOMMIT_DAEMON_MODULE: the module was not copied." >&2; exit 1; }
        export DOTNET_STARTUP_HOOKS="${DOTNET_STARTUP_HOOKS:+$DOTNET_STARTUP_HOOKS:}$COGCOMMIT_DAEMON_MODULE"
        exec '/usr/bin/pwsh' -NoProfile -NonInteractive -Command 'Import-Module -Name $env:COGCOMMIT_DAEMON_MODULE -ErrorAction Stop; try { Watch-CogCommit -Daemon -ErrorAction Stop } catch { if ($_.FullyQualifiedErrorId -like '\''AlreadyWatching*'\'') { exit 0 }; throw }'

        """.ReplaceLineEndings("\n"),
        ShellLauncher.Text(LogonTexts.Plain));

    [Theory]
    [InlineData("/m/Modules/CogCommit/0.1.0", "/m/Modules/CogCommit")]
    [InlineData("/m/Modules/CogCommit", "/m/Modules/CogCommit/CogCommit.psd1")]
    [InlineData("/src/cogcommit", "/src/cogcommit/CogCommit.psd1")]
    [InlineData("/src/1.0", "/src/1.0/CogCommit.psd1")]
    public void An_installed_module_is_named_without_its_version(string moduleBase, string source) =>
        Assert.Equal(source, LogonSettings.ModuleSource(moduleBase).Replace('\\', '/'));
}
