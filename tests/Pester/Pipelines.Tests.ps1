# What our objects become in the cmdlets that only a real pwsh has.

BeforeAll {
    $script:Root = Resolve-Path "$PSScriptRoot/../.."
    # The package, where one was made for the tests.
    $script:Manifest = $env:COGCOMMIT_MODULE ? $env:COGCOMMIT_MODULE : "$Root/CogCommit.psd1"
    $script:HomeBefore = $env:COGCOMMIT_HOME
    $env:COGCOMMIT_HOME = Join-Path $TestDrive 'home'
    Import-Module $Manifest -Force
    $null = Import-CogCommit "$Root/samples/claude-code"
    $script:All = @(Get-CogCommit)
}

AfterAll {
    Remove-Module CogCommit
    $env:COGCOMMIT_HOME = $HomeBefore
}

Describe 'Select-Object -First' {
    It 'lets through what it wants and stops what is before it' {
        (Get-CogCommit | Select-Object -First 2).Id | Should -Be $All[0..1].Id
        Get-CogCommitTurn | Select-Object -First 1 | Should -HaveCount 1
        Search-CogCommit lantern | Select-Object -First 1 | Should -HaveCount 1
    }

    It 'asks nothing about ids behind the first' {
        $All[0].Id, 'not an id at all' | Get-CogCommit -ErrorVariable errors | Select-Object -First 1 | Should -HaveCount 1
        $errors | Should -BeNullOrEmpty
    }
}

Describe 'Grouped, filtered and measured' {
    It 'groups by project as Measure-CogCommit counts' {
        $groups = Get-CogCommit | Group-Object ProjectName
        foreach ($group in $groups) {
            ($group.Group | Measure-CogCommit).Commits | Should -Be $group.Count
            (Measure-CogCommit -Project $group.Name).Commits | Should -Be $group.Count
        }
    }

    It 'filters by a part of the title' {
        $found = Get-CogCommit | Where-Object Title -Like '*gift card*'
        $found | Should -Not -BeNullOrEmpty
        $found.Title | Should -Match 'gift card'
    }

    It 'compares and sorts by time' {
        $middle = $All[[int]($All.Count / 2)].StartedAt
        (Get-CogCommit | Where-Object StartedAt -GE $middle | Sort-Object StartedAt | Select-Object -First 1).StartedAt | Should -Be $middle
    }
}

Describe 'Export-Csv' {
    It 'has the names of the properties as columns, whole times, joined lists and the words of the wire' {
        Get-CogCommit | Export-Csv "$TestDrive/commits.csv"
        $row = Import-Csv "$TestDrive/commits.csv" | Where-Object Id -EQ $All[0].Id
        ($row.PSObject.Properties.Name | Sort-Object) -join ' ' | Should -Be (($All[0].PSObject.Properties.Name | Sort-Object) -join ' ')
        $row.ClosedBy | Should -BeIn 'git_commit', 'session_end', 'explicit'
        $row.Source | Should -Be 'claude_code'
        ([datetimeoffset]$row.StartedAt - $All[0].StartedAt).Duration() | Should -BeLessThan ([timespan]::FromSeconds(1))
        Get-Content "$TestDrive/commits.csv" -Raw | Should -Not -Match 'System\.|CogCommit\.'
    }

    It 'of <Source> holds no name of a type and no control character' -ForEach @(
        @{ Source = 'Get-CogCommitTurn' }, @{ Source = 'Get-CogCommitSession' }, @{ Source = 'Search-CogCommit lantern' }, @{ Source = 'Push-CogCommit -DryRun' }, @{ Source = 'Get-CogCommitConfig' }
    ) {
        $text = & ([scriptblock]::Create($Source)) | Select-Object * -ExcludeProperty Content, Description | ConvertTo-Csv | Out-String
        $text | Should -Not -Match 'System\.|CogCommit\.'
        $text | Should -Not -Match '[\u0000-\u0008\u000e-\u001f]'
    }

    It 'leads on, also from a hit in a title' {
        Search-CogCommit lantern | Export-Csv "$TestDrive/hits.csv"
        $ids = { $args[0] | ForEach-Object TurnId | Sort-Object }
        $turns = Import-Csv "$TestDrive/hits.csv" | Get-CogCommitTurn
        (& $ids $turns) -join ' ' | Should -Be ((& $ids (Search-CogCommit lantern | Get-CogCommitTurn)) -join ' ')
        (Import-Csv "$TestDrive/hits.csv" | Measure-CogCommit).Turns | Should -Be (Search-CogCommit lantern | Measure-CogCommit).Turns
    }
}

Describe 'ConvertTo-Json' {
    It 'keeps lists as lists and times as times' {
        $commit = Get-CogCommit | Where-Object { $_.FilesChanged.Count -gt 1 } | Select-Object -First 1
        $json = $commit | ConvertTo-Json | ConvertFrom-Json
        $json.FilesChanged | Should -Be @($commit.FilesChanged)
        ([datetimeoffset]$json.StartedAt).UtcTicks | Should -Be $commit.StartedAt.UtcTicks
        $json.ClosedBy | Should -Be $commit.ClosedBy
    }

    It 'keeps tool calls in turns' {
        $turn = Get-CogCommitTurn -Tool * | Select-Object -First 1
        ($turn | ConvertTo-Json | ConvertFrom-Json).ToolCalls[0].Name | Should -Be $turn.ToolCalls[0].Name
    }

    It 'leads on' {
        $again = Get-CogCommit | Select-Object -First 2 | ConvertTo-Json | ConvertFrom-Json
        ($again | Get-CogCommit).Id | Should -Be $All[0..1].Id
        ($again | Measure-CogCommit).Commits | Should -Be 2
        @($again | Get-CogCommitTurn).Count | Should -Be @($All[0..1] | Get-CogCommitTurn).Count
    }
}

Describe 'Export-Clixml and jobs' {
    It 'brings commits back as they were' {
        Get-CogCommit | Export-Clixml "$TestDrive/commits.xml"
        $back = Import-Clixml "$TestDrive/commits.xml"
        $back[0] | Should -BeOfType [CogCommit.CognitiveCommit]
        $back.StartedAt.UtcTicks | Should -Be $All.StartedAt.UtcTicks
        $back[0].FilesChanged | Should -Be @($All[0].FilesChanged)
        ($back | Get-CogCommit).Id | Should -Be $All.Id
    }

    It 'brings turns back with their tool calls' {
        $turn = Get-CogCommitTurn -Tool * | Select-Object -First 1
        $turn | Export-Clixml "$TestDrive/turn.xml"
        $back = Import-Clixml "$TestDrive/turn.xml"
        $back.ToolCalls[0].Input | Should -Be $turn.ToolCalls[0].Input
        $back.Timestamp | Should -Be $turn.Timestamp
        ($back | Get-CogCommitTurn).TurnId | Should -Be $turn.TurnId
    }

    It 'brings objects back from a job' {
        $job = Start-Job { param($Module) Import-Module $Module; Get-CogCommit; Get-CogCommitTurn -Tool * | Select-Object -First 1 } -ArgumentList $Manifest
        $back = $job | Receive-Job -Wait -AutoRemoveJob
        ($back | Where-Object Title | Get-CogCommit).Id | Should -Be $All.Id
        $back[-1].ToolCalls[0].Name | Should -Not -BeNullOrEmpty
    }
}

Describe 'Files' {
    It 'takes what Get-ChildItem finds, also where a name is a pattern' {
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive 'exports [1]')
        $null = Get-CogCommit | Export-CogCommit -Path "$($folder.FullName)/" -Format Jsonl
        $env:COGCOMMIT_HOME = Join-Path $TestDrive 'two'
        try {
            (Get-ChildItem -LiteralPath $folder | Import-CogCommit).CommitsNew | Should -Be $All.Count
        }
        finally {
            $env:COGCOMMIT_HOME = Join-Path $TestDrive 'home'
        }
    }
}
