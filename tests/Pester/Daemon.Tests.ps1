# The daemon as people have it: a pwsh that goes on when the one that started it, its terminal and its module are gone.

BeforeAll {
    $script:Root = (Resolve-Path "$PSScriptRoot/../..").Path
    # The package, where one was made for the tests.
    $script:Manifest = $env:COGCOMMIT_MODULE ? $env:COGCOMMIT_MODULE : "$Root/CogCommit.psd1"
    $script:Before = @{ Home = $env:COGCOMMIT_HOME; Claude = $env:CLAUDE_CONFIG_DIR }
    $env:CLAUDE_CONFIG_DIR = Join-Path $TestDrive 'claude'
    # What this process is: pwsh, or dotnet with pwsh.dll where PowerShell is a tool of dotnet.
    $script:Program = @((Get-Process -Id $PID).Path)
    if ((Split-Path $Program[0] -LeafBase) -eq 'dotnet') { $script:Program += [Environment]::GetCommandLineArgs()[0] }
    Import-Module $Manifest -Force

    . "$PSScriptRoot/Waiting.ps1"

    function script:Test-Ended([int] $Id) {
        # One that nobody collects yet has ended, too.
        -not (Get-Process -Id $Id -ErrorAction Ignore) -or (Test-Path "/proc/$Id/stat") -and (Get-Content "/proc/$Id/stat" -Raw) -match '\) Z '
    }
}

AfterAll {
    $env:COGCOMMIT_HOME = $Before.Home
    $env:CLAUDE_CONFIG_DIR = $Before.Claude
    Remove-Module CogCommit
}

Describe 'A daemon' {
    BeforeEach { $env:COGCOMMIT_HOME = Join-Path $TestDrive ([guid]::NewGuid()) }
    AfterEach { Stop-CogCommitDaemon -Timeout 10 }

    It 'is started, seen, not started twice, and stopped' {
        $daemon = Start-CogCommitDaemon
        $daemon | Should -BeOfType CogCommit.DaemonStatus
        $daemon.IsRunning | Should -BeTrue
        $daemon.Mode | Should -Be 'Daemon'
        (Get-Process -Id $daemon.ProcessId).ProcessName | Should -Be (Get-Process -Id $PID).ProcessName

        (Start-CogCommitDaemon).ProcessId | Should -Be $daemon.ProcessId
        (Get-CogCommitDaemon).ProcessId | Should -Be $daemon.ProcessId
        (Get-CogCommitSyncStatus).Daemon.ProcessId | Should -Be $daemon.ProcessId
        { Watch-CogCommit } | Should -Throw -ErrorId 'AlreadyWatching,*' -ExpectedMessage "*process $($daemon.ProcessId)*Stop-CogCommitDaemon*"

        Stop-CogCommitDaemon
        (Get-CogCommitDaemon).IsRunning | Should -BeFalse
        Wait-Until { Test-Ended $daemon.ProcessId } 'The process ends.'
        "$env:COGCOMMIT_HOME/daemon.json" | Should -Not -Exist
    }

    It 'that was killed is no daemon, and another one starts' {
        $first = Start-CogCommitDaemon
        Stop-Process -Id $first.ProcessId -Force
        Wait-Until { Test-Ended $first.ProcessId } 'The process ends.'
        # The system lets go of what it held.
        Wait-Until { -not (Get-CogCommitDaemon).IsRunning } 'Nobody watches.'
        "$env:COGCOMMIT_HOME/daemon.json" | Should -Exist

        $second = Start-CogCommitDaemon
        $second.IsRunning | Should -BeTrue
        $second.ProcessId | Should -Not -Be $first.ProcessId
    }

    It 'that hangs is ended when asking was of no use' -Skip:$IsWindows {
        $daemon = Start-CogCommitDaemon
        kill -STOP $daemon.ProcessId

        Stop-CogCommitDaemon -Timeout 1 -WarningVariable said -WarningAction SilentlyContinue

        $said | Should -BeLike "*process $($daemon.ProcessId)*was ended*Nothing is lost*"
        (Get-CogCommitDaemon).IsRunning | Should -BeFalse
        "$env:COGCOMMIT_HOME/daemon.stop" | Should -Not -Exist
    }

    It 'ends well on SIG<_>' -Skip:$IsWindows -ForEach 'TERM', 'INT' {
        # As a service runs it. What a shell starts in the background hears no SIGINT, nor do its children: the second bit of what is ignored.
        if ($_ -eq 'INT' -and $IsLinux -and ((Get-Content "/proc/$PID/status") -match '^SigIgn:.*[2367abef]$')) {
            Set-ItResult -Skipped -Because 'these tests were started in the background, where SIGINT is ignored'
        }
        $start = [System.Diagnostics.ProcessStartInfo]::new(
            $Program[0], [string[]](@($Program | Select-Object -Skip 1) + '-NoProfile' + '-NonInteractive' + '-Command' + "Import-Module '$Manifest'; Watch-CogCommit -Daemon"))
        $start.RedirectStandardOutput = $start.RedirectStandardError = $true
        $service = [System.Diagnostics.Process]::Start($start)
        Wait-Until { (Get-CogCommitDaemon).ProcessId -eq $service.Id } 'It watches.'

        kill "-$_" $service.Id

        $service.WaitForExit(60000) | Should -BeTrue
        "$env:COGCOMMIT_HOME/daemon.json" | Should -Not -Exist
        (Get-CogCommitDaemon -Log)[-1] | Should -Match ' Stopped '
    }

    It 'that was started loads no PowerShell, and ends well on SIGTERM' -Skip:$IsWindows {
        $daemon = Start-CogCommitDaemon
        if ($IsLinux) {
            # The library that PowerShell cannot do without, and ours. macOS does not say what a process has loaded.
            (Get-Process -Id $daemon.ProcessId).Modules.ModuleName -match 'libpsl-native|e_sqlite3' | Should -Be 'libe_sqlite3.so'
        }

        kill -TERM $daemon.ProcessId

        Wait-Until { Test-Ended $daemon.ProcessId } 'The process ends.'
        "$env:COGCOMMIT_HOME/daemon.json" | Should -Not -Exist
        (Get-CogCommitDaemon -Log)[-1] | Should -Match ' Stopped '
    }

    It 'is a PowerShell where the runtime cannot name its path' -Skip:(-not $IsLinux) {
        $env:COGCOMMIT_HOME = Join-Path $TestDrive "a:$([guid]::NewGuid())"
        $daemon = Start-CogCommitDaemon
        $daemon.IsRunning | Should -BeTrue
        (Get-Process -Id $daemon.ProcessId).Modules.ModuleName -match 'libpsl-native' | Should -Not -BeNullOrEmpty
    }

    It 'watches the home that a relative path names' {
        $folder = [Environment]::CurrentDirectory
        [Environment]::CurrentDirectory = $TestDrive
        try {
            $env:COGCOMMIT_HOME = 'relative'
            (Start-CogCommitDaemon).IsRunning | Should -BeTrue
            "$TestDrive/relative/daemon.json" | Should -Exist
            Stop-CogCommitDaemon
        }
        finally {
            [Environment]::CurrentDirectory = $folder
            $env:COGCOMMIT_HOME = "$TestDrive/relative"
        }
    }

    It 'has no terminal, no pipes and no folder of whoever started it' -Skip:(-not $IsLinux) {
        $id = (Start-CogCommitDaemon).ProcessId
        (ps -o sid= -p $id).Trim() | Should -Be $id
        (ps -o tty= -p $id).Trim() | Should -Be '?'
        (Get-Item "/proc/$id/fd/0").Target | Should -Be '/dev/null'
        (Get-Item "/proc/$id/cwd").Target | Should -Be (Get-Item $env:COGCOMMIT_HOME).FullName
    }

    It 'goes on when the terminal closes in which it was started' -Skip:(-not ($IsLinux -and (Get-Command script -ErrorAction Ignore))) {
        # A terminal of its own, whose end is a hang-up for what runs in it.
        Set-Content "$TestDrive/start.ps1" "`$ProgressPreference = 'SilentlyContinue'; Import-Module '$Manifest'; `$null = Start-CogCommitDaemon"
        script -qec "'$($Program -join "' '")' -NoProfile -File '$TestDrive/start.ps1'" /dev/null | Out-Null
        (Get-CogCommitDaemon).IsRunning | Should -BeTrue
    }

    It 'shows nobody a token that stands in the environment' -Skip:(-not $IsLinux) {
        $env:COGCOMMIT_REFRESH_TOKEN = 'a-token-nobody-may-see'
        try {
            $id = (Start-CogCommitDaemon).ProcessId
        }
        finally {
            $env:COGCOMMIT_REFRESH_TOKEN = $null
        }
        Get-Content "/proc/$id/cmdline" -Raw | Should -Not -Match 'a-token'
        Get-Content "/proc/$id/environ" -Raw | Should -Not -Match 'a-token'
        Get-Content "/proc/$id/environ" -Raw | Should -Match ([regex]::Escape($env:COGCOMMIT_HOME))
    }

    It 'does not mind that its module is taken away' {
        $module = Join-Path $TestDrive 'module'
        $from = Split-Path $Manifest
        $null = New-Item -ItemType Directory $module
        # Of a clone what the manifest names; a package is all of it.
        if (Test-Path "$from/bin/module") {
            Copy-Item "$from/CogCommit.psd1", "$from/CogCommit.Format.ps1xml", "$from/CogCommit.Types.ps1xml" $module
            $null = New-Item -ItemType Directory "$module/bin"
            Copy-Item "$from/bin/module" "$module/bin/module" -Recurse
        }
        else {
            Copy-Item "$from/*" $module -Recurse
        }
        & $Program[0] @($Program | Select-Object -Skip 1) -NoProfile -Command "Import-Module '$module/CogCommit.psd1'; `$null = Start-CogCommitDaemon"
        $before = Get-CogCommitDaemon

        Remove-Item $module -Recurse -Force

        $module | Should -Not -Exist
        $before.IsRunning | Should -BeTrue
        (Get-Process -Id $before.ProcessId).Modules.FileName -like "$module*" | Should -BeNullOrEmpty
        Stop-CogCommitDaemon
        (Get-CogCommitDaemon -Log)[-1] | Should -Match ' Stopped '
    }

    It 'rotates its log' {
        $logs = Join-Path $env:COGCOMMIT_HOME 'logs'
        $null = New-Item -ItemType Directory $logs
        [IO.File]::WriteAllText("$logs/daemon.log", "old`n" + ('x' * 1MB))

        $null = Start-CogCommitDaemon
        Wait-Until { (Get-CogCommitDaemon -Log -Tail 1) -match ' Started ' } 'It says that it started.'

        (Get-Item "$logs/daemon.1.log").Length | Should -BeGreaterThan 1MB
        (Get-Item "$logs/daemon.log").Length | Should -BeLessThan 10KB
    }

    It 'whose copy is not the newest is of no use to anybody, and goes at the next start' {
        $old = New-Item -ItemType Directory (Join-Path $env:COGCOMMIT_HOME 'daemon/0.0.1-000000000000')
        $null = Start-CogCommitDaemon
        $old.FullName | Should -Not -Exist
        (Get-ChildItem "$env:COGCOMMIT_HOME/daemon" -Directory).Count | Should -Be 1
    }
}
