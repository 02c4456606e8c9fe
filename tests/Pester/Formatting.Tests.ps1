# What only a real pwsh shows of the views: its own counting of columns, Format-Table, Out-String, and the cmdlets that write files.

BeforeAll {
    $script:Root = Resolve-Path "$PSScriptRoot/../.."
    # The package, where one was made for the tests.
    $script:Manifest = $env:COGCOMMIT_MODULE ? $env:COGCOMMIT_MODULE : "$Root/CogCommit.psd1"
    $script:HomeBefore = $env:COGCOMMIT_HOME
    $script:RenderingBefore = $PSStyle.OutputRendering
    $env:COGCOMMIT_HOME = Join-Path $TestDrive 'home'
    $PSStyle.OutputRendering = 'PlainText'
    Import-Module $Manifest -Force
    $null = Import-CogCommit "$Root/samples/claude-code"

    function Get-Line($InputObject, [int] $Width = 80) {
        ($InputObject | Out-String -Width $Width) -split '\r?\n' | Where-Object { $_ }
    }
    function New-Commit($Title, $More = @{}) {
        [CogCommit.CognitiveCommit] (@{
            Id = 'aaaa0001-0000-5000-8000-000000000000'; Title = $Title; ProjectName = 'lighthouse'; GitHash = 'abcdef0123'; SyncStatus = 'synced'
            StartedAt = [DateTimeOffset]::UtcNow.AddHours(-3.5); ClosedAt = [DateTimeOffset]::UtcNow; ClosedBy = 'git_commit'; Source = 'claude_code'
            UpdatedAt = [DateTimeOffset]::UtcNow
        } + $More)
    }
}

AfterAll {
    Remove-Module CogCommit
    $PSStyle.OutputRendering = $RenderingBefore
    $env:COGCOMMIT_HOME = $HomeBefore
}

Describe 'Tables' {
    It 'fit their width: <_>' -ForEach @(
        'Get-CogCommit', 'Search-CogCommit card', 'Get-CogCommitTurn', 'Get-CogCommitSession', 'Push-CogCommit -DryRun', 'Get-CogCommitConfig', 'Test-CogCommit'
    ) {
        $output = & ([scriptblock]::Create($_))
        $lines = Get-Line $output
        $lines.Count | Should -BeGreaterThan 3
        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
    }

    It 'have four to six columns' {
        foreach ($view in (Get-FormatData -TypeName CogCommit.*).FormatViewDefinition.Control | Where-Object { $_ -is [System.Management.Automation.TableControl] }) {
            $view.Headers.Count | Should -BeIn 3, 4, 5, 6
        }
    }

    It 'leave a plain title whole where there is room for it' {
        $title = 'Give every lamp of the harbour its own rhythm so that no two neighbours ever blink together'
        (Get-Line (New-Commit $title) 200)[2] | Should -BeLike "*$title"
    }

    It 'give way to Format-Table and Select-Object' {
        (Get-Line (New-Commit 'One' | Format-Table ShortId, CommitId))[-1] | Should -BeLike 'aaaa0001 aaaa0001-*'
        (New-Commit 'One' | Select-Object ShortId, Title).ShortId | Should -Be 'aaaa0001'
    }
}

Describe 'Lists' {
    It 'show a commit with Format-List, and only what there is to say' {
        $lines = Get-Line (New-Commit 'One' | Format-List)
        $lines | Should -Contain 'Title       : One'
        $lines -match '^(Hidden|Published|DeletedAt|FilesRead)' | Should -BeNullOrEmpty
        Get-Line (New-Commit 'One' @{ Hidden = $true } | Format-List) | Should -Contain 'Hidden      : True'
    }
}

Describe 'Files' {
    It 'get no property that was added' {
        $added = 'Shown', 'ShortId', 'CommitId', 'Age'
        $csv = (New-Commit 'One' | ConvertTo-Csv)[0]
        $json = New-Commit 'One' | ConvertTo-Json | ConvertFrom-Json
        foreach ($name in $added) {
            $csv | Should -Not -Match "`"$name`""
            $json.PSObject.Properties.Name | Should -Not -Contain $name
        }
        New-Commit 'One' | Export-Clixml "$TestDrive/one.xml"
        Get-Content "$TestDrive/one.xml" -Raw | Should -Not -Match 'Shown|ShortId|N="Age"'
    }

    It 'give back objects that look the same' {
        New-Commit 'One' | Export-Clixml "$TestDrive/one.xml"
        Get-Line (Import-Clixml "$TestDrive/one.xml") | Should -Be (Get-Line (New-Commit 'One'))
    }
}
