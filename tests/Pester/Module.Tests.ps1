# What only a real pwsh shows: the Utility and Management cmdlets beside ours, and output as it is printed.

BeforeAll {
    $script:Root = Resolve-Path "$PSScriptRoot/../.."
    $script:HomeBefore = $env:COGCOMMIT_HOME
    $env:COGCOMMIT_HOME = Join-Path $TestDrive 'home'
    # The package, where one was made for the tests.
    $script:Manifest = $env:COGCOMMIT_MODULE ? $env:COGCOMMIT_MODULE : "$Root/CogCommit.psd1"
    Import-Module $Manifest -Force
    $script:Imported = Get-ChildItem "$Root/samples/claude-code" -Recurse -Filter *.jsonl | Import-CogCommit
}

AfterAll {
    Remove-Module CogCommit
    $env:COGCOMMIT_HOME = $HomeBefore
}

Describe 'The module' {
    It 'loads its types with itself' {
        [CogCommit.CognitiveCommit].Assembly.GetName().Name | Should -Be 'CogCommit.Model'
    }

    It 'keeps its packages out of the default load context' {
        [System.Runtime.Loader.AssemblyLoadContext]::Default.Assemblies.GetName().Name |
            Should -Not -Contain 'Microsoft.Data.Sqlite'
    }

    It 'can be removed and imported again' {
        Remove-Module CogCommit
        Import-Module $Manifest
        @(Get-CogCommit).Count | Should -BeGreaterThan 0
    }

    It 'has approved verbs and singular nouns' {
        $approved = (Get-Verb).Verb
        foreach ($command in Get-Command -Module CogCommit -CommandType Cmdlet) {
            $command.Verb | Should -BeIn $approved
            $command.Noun | Should -Match '^CogCommit(SyncStatus|\w*[^s])?$'
        }
    }

    It 'says what each cmdlet returns' {
        # Set- returns something only with -PassThru: all but these state a type.
        $silent = 'Disconnect-CogCommit', 'Set-CogCommitConfig'
        foreach ($command in Get-Command -Module CogCommit -CommandType Cmdlet | Where-Object Name -NotIn $silent) {
            $command.OutputType | Should -Not -BeNullOrEmpty -Because $command.Name
        }
    }

    It 'asks before it removes' {
        (Get-Command Remove-CogCommit).Parameters.Keys | Should -Contain 'Confirm'
        (Get-Command Remove-CogCommit).Parameters.Keys | Should -Contain 'WhatIf'
    }
}

Describe 'In pipelines' {
    It 'takes files from Get-ChildItem' {
        ($Imported | Measure-Object TurnsNew -Sum).Sum | Should -BeGreaterThan 50
    }

    It 'imports nothing a second time' {
        $again = Import-CogCommit "$Root/samples/claude-code"
        $again.CommitsNew + $again.CommitsUpdated + $again.TurnsNew | Should -Be 0
    }

    It 'groups, sorts and filters like any object' {
        $groups = Get-CogCommit | Group-Object ProjectName
        $groups.Name | Should -Contain 'lantern-shop'
        $sorted = Get-CogCommit | Sort-Object StartedAt -Descending
        ($sorted.Id -join ',') | Should -Be ((Get-CogCommit).Id -join ',')
        Get-CogCommit | Where-Object Title -Like '*gift card*' | Should -Not -BeNullOrEmpty
    }

    It 'stops upstream for Select-Object -First' {
        Get-CogCommit | Select-Object -First 1 | Should -HaveCount 1
    }

    It 'goes to CSV with lists joined by a semicolon, and its Id comes back from there' {
        Get-CogCommit | Export-Csv "$TestDrive/commits.csv"
        $csv = Import-Csv "$TestDrive/commits.csv"
        ($csv | Where-Object FilesChanged -Like '*;*') | Should -Not -BeNullOrEmpty
        ($csv | Select-Object -First 3 | Get-CogCommit).Id | Should -Be ($csv | Select-Object -First 3).Id
    }

    It 'goes to JSON with lists as arrays and times as times' {
        $json = Get-CogCommit | Where-Object { $_.FilesChanged.Count -gt 1 } | Select-Object -First 1 | ConvertTo-Json | ConvertFrom-Json
        $json.FilesChanged.Count | Should -BeGreaterThan 1
        $json.StartedAt | Should -BeOfType [datetime]
    }

    It 'survives Export-Clixml' {
        Get-CogCommit | Select-Object -First 1 | Export-Clixml "$TestDrive/commit.xml"
        (Import-Clixml "$TestDrive/commit.xml" | Get-CogCommit).Id | Should -Be (Get-CogCommit | Select-Object -First 1).Id
    }

    It 'walks from a search to a document' {
        $text = Search-CogCommit 'gift card' | Get-CogCommit | Export-CogCommit -Format Markdown
        ($text -join "`n") | Should -Match 'gift card'
    }
}

Describe 'As printed' {
    It 'lists commits as a table that fits 80 columns' {
        $lines = (Get-CogCommit | Out-String -Width 80) -split "`r?`n" -replace "`e\[[\d;]*m"
        $lines | Where-Object { $_ -match '^Id\s+Started\s+Project' } | Should -HaveCount 1
        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
    }

    It 'shows a search hit with its match marked' {
        $lines = Search-CogCommit lantern | Out-String -Width 120
        $lines -replace "`e\[[\d;]*m" | Should -Match 'antern'
    }
}
