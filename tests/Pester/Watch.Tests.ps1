# Watching as people run it in a real pwsh: in a job, in a pipeline that ends it, and as text.

BeforeAll {
    $script:Root = (Resolve-Path "$PSScriptRoot/../..").Path
    # The package, where one was made for the tests.
    $script:Manifest = $env:COGCOMMIT_MODULE ? $env:COGCOMMIT_MODULE : "$Root/CogCommit.psd1"
    $script:Before = @{ Home = $env:COGCOMMIT_HOME; Claude = $env:CLAUDE_CONFIG_DIR; Rendering = $PSStyle.OutputRendering }
    $env:CLAUDE_CONFIG_DIR = Join-Path $TestDrive 'claude'
    $PSStyle.OutputRendering = 'PlainText'
    Import-Module $Manifest -Force

    # The samples, the newest session without its last lines: those are appended.
    function script:Copy-Samples([string] $To) {
        Copy-Item "$Root/samples/claude-code" $To -Recurse
        $script:Growing = (Get-ChildItem $To -Recurse -Filter *.jsonl -File | Where-Object { $_.DirectoryName -notmatch 'subagents' } | Sort-Object Length -Descending)[0].FullName
        $lines = [System.IO.File]::ReadAllLines($Growing)
        $script:Rest = $lines[-6..-1]
        [System.IO.File]::WriteAllLines($Growing, [string[]]$lines[0..($lines.Count - 7)])
    }

    . "$PSScriptRoot/Waiting.ps1"
}

AfterAll {
    $env:COGCOMMIT_HOME = $Before.Home
    $env:CLAUDE_CONFIG_DIR = $Before.Claude
    $PSStyle.OutputRendering = $Before.Rendering
    Remove-Module CogCommit
}

Describe 'Watch-CogCommit' {
    BeforeEach {
        $env:COGCOMMIT_HOME = Join-Path $TestDrive ([guid]::NewGuid())
        $script:Transcripts = Join-Path $TestDrive ([guid]::NewGuid())
        Copy-Samples $Transcripts
    }

    It 'in a job tells what it captures, and lets go when the job is stopped' {
        $job = Start-ThreadJob { param($manifest, $path) Import-Module $manifest; Watch-CogCommit $path -NoSync } -ArgumentList $Manifest, $Transcripts
        try {
            $script:Seen = @()
            Wait-Until { $script:Seen += @(Receive-Job $job); @($Seen | Where-Object Kind -eq 'Captured').Count -gt 0 } 'What is there is captured.' -Seconds 120
            $there = @(Get-CogCommitTurn -ErrorAction Ignore).Count
            $status = Get-CogCommitSyncStatus
            $status.Daemon.IsRunning | Should -BeTrue
            $status.Daemon.Mode | Should -Be 'Foreground'

            [System.IO.File]::AppendAllLines($Growing, [string[]]$Rest)
            Wait-Until { @(Get-CogCommitTurn).Count -gt $there } 'What is appended is captured.' -Seconds 120
        }
        finally {
            Stop-Job $job
            Remove-Job $job -Force
        }
        (Get-CogCommitDaemon).IsRunning | Should -BeFalse
    }

    It 'ends with the pipeline that has seen enough' {
        $first = Watch-CogCommit $Transcripts -NoSync | Where-Object Kind -eq Captured | Select-Object -First 1
        $first | Should -BeOfType CogCommit.WatchEvent
        (Get-CogCommitDaemon).IsRunning | Should -BeFalse
    }

    It 'reads as one line for each thing that happened' {
        $text = Watch-CogCommit $Transcripts -NoSync -Timeout 00:00:01 | Out-String -Width 80
        $lines = $text -split '\r?\n' | Where-Object { $_ }
        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
        $text | Should -Match 'Started'
        $text | Should -Match 'Stopped'
    }
}

Describe 'Get-CogCommitSyncStatus -Watch' {
    It 'comes again when something changed' {
        $env:COGCOMMIT_HOME = Join-Path $TestDrive ([guid]::NewGuid())
        $pending = Get-CogCommitSyncStatus -Watch -Interval 1 | ForEach-Object { if ($_.Pending -eq 0) { $null = Import-CogCommit "$Root/samples/claude-code" }; $_.Pending } | Select-Object -First 2
        $pending[0] | Should -Be 0
        $pending[1] | Should -BeGreaterThan 0
    }
}
