# What only a real host shows of the streams: questions that nobody can answer, a transcript, and progress as it is drawn.

BeforeAll {
    $script:Root = Resolve-Path "$PSScriptRoot/../.."
    # The package, where one was made for the tests.
    $script:Manifest = $env:COGCOMMIT_MODULE ? $env:COGCOMMIT_MODULE : "$Root/CogCommit.psd1"
    $script:HomeBefore = $env:COGCOMMIT_HOME
    $env:COGCOMMIT_HOME = Join-Path $TestDrive 'home'
    Import-Module $Manifest -Force
    $null = Import-CogCommit "$Root/samples/claude-code" -WarningAction SilentlyContinue
    $script:Pwsh = (Get-Command pwsh -CommandType Application -TotalCount 1).Source

    # A child's own host: what it prints, errors too, as one text.
    function Invoke-Host([string] $Script) {
        (& $Pwsh -NoProfile -NonInteractive -Command "Import-Module '$Manifest'; $Script" 2>&1 | Out-String) -replace '\x1b\[[0-9;]*m'
    }
}

AfterAll {
    Remove-Module CogCommit
    $env:COGCOMMIT_HOME = $HomeBefore
}

Describe 'A question that nobody can answer' {
    It 'is an error, and nothing is done: <_>' -ForEach @(
        'Remove-CogCommit (Get-CogCommit)[0].Id -IncludeUnpushed'
        'Remove-CogCommit -Before 1d -IncludeUnpushed'
        'Get-CogCommit | Set-CogCommit -Title new -Confirm'
        'Import-CogCommit . -Confirm'
    ) {
        $before = (Get-CogCommit -Force).Title
        (Invoke-Host $_) -replace '\s+', ' ' | Should -Match 'NonInteractive mode'
        (Get-CogCommit -Force).Title | Should -Be $before
    }

    It 'is none with -Force or -Confirm:$false' {
        Invoke-Host 'Remove-CogCommit (Get-CogCommit)[0].Id -IncludeUnpushed -Force -WhatIf; (Get-CogCommit)[0] | Set-CogCommit -Title Answered -Confirm:$false' |
            Should -Not -Match 'NonInteractive'
        (Get-CogCommit)[0].Title | Should -Be 'Answered'
    }
}

Describe 'A transcript' {
    It 'has what was done in words' {
        Invoke-Host "Start-Transcript '$TestDrive/said.txt' | Out-Null; Import-CogCommit '$Root/samples/claude-code' -Rebuild -Verbose -WarningAction SilentlyContinue | Out-Null; Stop-Transcript" | Out-Null
        $said = (Get-Content "$TestDrive/said.txt") -join ' '
        $said | Should -Match 'The search index was made anew'
        $said | Should -Match 'from its start'
    }
}

Describe 'Streams' {
    It 'can be redirected one by one' {
        $verbose = Import-CogCommit "$Root/samples/claude-code" -Verbose 4>&1 -WarningAction SilentlyContinue | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
        "$verbose" | Should -Match 'Found \d+ transcripts; 0 of them have something new'
        $debug = Get-CogCommit -First 1 -Debug 5>&1 | Where-Object { $_ -is [System.Management.Automation.DebugRecord] }
        "$debug" | Should -Match 'Get-CogCommit of CogCommit'
    }

    It 'ask nothing for -Debug, whatever there is to warn of or to tell' {
        $broken = Join-Path $TestDrive 'broken.jsonl'
        Set-Content $broken '{"type":"user","sessionId":'
        $said = Invoke-Host "(Import-CogCommit '$broken' -Debug).BadLines.Count; (Import-CogCommit '$broken' -Rebuild -Debug).FilesRead"
        $said | Should -Not -Match 'NonInteractive|Continue with'
        $said | Should -Match '(?m)^WARNING: Not everything'
        $said | Should -Match '(?m)^DEBUG: Found 1 transcript'
        @($said -split '\r?\n' | Where-Object { $_ -eq '1' }) | Should -HaveCount 2
    }

    It 'show no progress of work that is done at once' {
        $shown = Invoke-Host '$null = Get-CogCommit | Set-CogCommit -Title quick; "done"'
        $shown.Trim() | Should -Be 'done'
    }
}
