# Continuous sync as people have it: two machines, each with the daemon of the module, and a cloud between them.

BeforeDiscovery {
    . "$PSScriptRoot/LocalCloud.ps1"
    $script:HasCloud = -not $IsWindows -and [bool](Find-LocalCloud)
}

Describe 'Two machines with a daemon each' -Skip:(-not $HasCloud) {
    BeforeAll {
        $script:Root = (Resolve-Path "$PSScriptRoot/../..").Path
        # The package, where one was made for the tests.
        $script:Manifest = $env:COGCOMMIT_MODULE ? $env:COGCOMMIT_MODULE : "$Root/CogCommit.psd1"
        $script:Before = @{}
        foreach ($name in 'COGCOMMIT_HOME', 'CLAUDE_CONFIG_DIR') { $Before[$name] = [Environment]::GetEnvironmentVariable($name) }
        Import-Module $Manifest -Force
        . "$PSScriptRoot/LocalCloud.ps1"
        $script:Cloud = Start-LocalCloud

        function script:Use-Machine([string] $Name) {
            $env:COGCOMMIT_HOME = Join-Path $TestDrive $Name
            $env:CLAUDE_CONFIG_DIR = Join-Path $TestDrive "$Name-claude"
        }

        . "$PSScriptRoot/Waiting.ps1"

        # Says something in the one session of this machine.
        $script:Session = [guid]::NewGuid()
        function script:Add-Prompt([string] $Text) {
            @{
                type = 'user'; uuid = [guid]::NewGuid(); timestamp = [datetime]::UtcNow.ToString('o'); sessionId = $Session; cwd = '/home/ann/loom'
                gitBranch = 'main'; message = @{ role = 'user'; content = $Text }
            } | ConvertTo-Json -Compress | Add-Content "$env:CLAUDE_CONFIG_DIR/projects/-home-ann-loom/$Session.jsonl"
        }

        foreach ($machine in 'here', 'there') {
            Use-Machine $machine
            $null = New-Item -ItemType Directory "$env:CLAUDE_CONFIG_DIR/projects/-home-ann-loom" -Force
            $null = Connect-CogCommit $Cloud.Url $Cloud.Key -RefreshToken (ConvertTo-SecureString (New-RefreshToken $Cloud ann) -AsPlainText -Force)
            $null = Start-CogCommitDaemon
        }
    }

    AfterAll {
        foreach ($machine in 'here', 'there') {
            Use-Machine $machine
            Stop-CogCommitDaemon -Timeout 10
        }
        Stop-LocalCloud $Cloud
        foreach ($name in $Before.Keys) { [Environment]::SetEnvironmentVariable($name, $Before[$name]) }
        Remove-Module CogCommit
    }

    It 'listen' {
        foreach ($machine in 'here', 'there') {
            Use-Machine $machine
            Wait-Until { (Get-CogCommitSyncStatus).Connection -eq 'Listening' } "$machine listens." -Seconds 120
            (Get-CogCommitDaemon).Mode | Should -Be 'Daemon'
        }
    }

    It 'find there what is said here, with nobody typing anything' {
        Use-Machine here
        Add-Prompt 'mend the wharfside loom'

        Use-Machine there
        Wait-Until { Search-CogCommit wharfside -ErrorAction Ignore } 'What was said here is found there.' -Seconds 120
        (Search-CogCommit wharfside).Snippet | Should -Match 'wharfside'
        $status = Get-CogCommitSyncStatus
        $status.LastSync | Should -Not -BeNullOrEmpty
        $status.FailingSince | Should -BeNullOrEmpty
    }

    It 'say since when, how often and why nothing gets through, once the cloud is gone' {
        Stop-LocalCloud $Cloud
        Use-Machine here
        Add-Prompt 'and tell nobody'
        Wait-Until { $now = Get-CogCommitSyncStatus; $now.Connection -eq 'Offline' -and $now.Failures -ge 2 -and $now.Pending -eq 1 } 'It is offline, and has tried again.' -Seconds 120
        $status = Get-CogCommitSyncStatus
        $status.FailingSince | Should -BeLessOrEqual ([DateTimeOffset]::Now)
        $status.NextTry | Should -Not -BeNullOrEmpty
        $status.LastError | Should -Match ([regex]::Escape(([uri]$Cloud.Url).Host))
        $status | Out-String | Should -Match "Offline"
    }
}
