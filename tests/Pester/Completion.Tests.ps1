# Completion as it is typed in a real pwsh: what stands on the line after Tab.

BeforeAll {
    $script:Root = Resolve-Path "$PSScriptRoot/../.."
    $script:Manifest = $env:COGCOMMIT_MODULE ? $env:COGCOMMIT_MODULE : "$Root/CogCommit.psd1"
    $script:HomeBefore = $env:COGCOMMIT_HOME
    $env:COGCOMMIT_HOME = Join-Path $TestDrive 'home'
    Import-Module $Manifest -Force

    # The samples, with a project and a file whose names must be quoted.
    Copy-Item "$Root/samples/claude-code" "$TestDrive/transcripts" -Recurse
    foreach ($file in Get-ChildItem "$TestDrive/transcripts" -Recurse -Filter *.jsonl) {
        $text = [System.IO.File]::ReadAllText($file)
        [System.IO.File]::WriteAllText($file, $text.Replace('/home/ada/src/tidy', "/home/ada/src/ann's boat").Replace('src/gift-cards.js', 'src/gift cards.js'))
    }
    $null = Import-CogCommit "$TestDrive/transcripts"
    $script:Newest = Get-CogCommit -First 1
    $script:Cards = Get-CogCommit 47137ff9

    # What is offered at the bar in a line. Where we have nothing, PowerShell itself offers the files of the folder.
    function Get-Offer([string] $Line) {
        $at = $Line.IndexOf('|')
        $script:Typed = $at -lt 0 ? $Line : $Line.Remove($at, 1)
        $script:Completion = TabExpansion2 $Typed ($at -lt 0 ? $Typed.Length : $at)
        $Completion.CompletionMatches | Where-Object ResultType -NotIn 'ProviderItem', 'ProviderContainer'
    }
    # The line after the first Tab.
    function Get-Completed([string] $Line) {
        $first = @(Get-Offer $Line)[0]
        $Typed.Remove($Completion.ReplacementIndex, $Completion.ReplacementLength).Insert($Completion.ReplacementIndex, $first.CompletionText)
    }
}

AfterAll {
    Remove-Module CogCommit
    $env:COGCOMMIT_HOME = $HomeBefore
}

Describe 'A line after Tab' {
    It 'is <After> where <Line> was' -ForEach @(
        @{ Line = 'Get-CogCommit -Project lan'; After = 'Get-CogCommit -Project lantern-shop' }
        @{ Line = 'Get-CogCommit -Project LAN'; After = 'Get-CogCommit -Project lantern-shop' }
        @{ Line = 'Get-CogCommit -Project "lan'; After = 'Get-CogCommit -Project "lantern-shop"' }
        @{ Line = 'Get-CogCommit -Project ann'; After = "Get-CogCommit -Project 'ann''s boat'" }
        @{ Line = 'Get-CogCommit -Project "ann'; After = "Get-CogCommit -Project `"ann's boat`"" }
        @{ Line = 'Get-CogCommit -Project lantern-shop, ann'; After = "Get-CogCommit -Project lantern-shop, 'ann''s boat'" }
        @{ Line = 'Get-CogCommit -Branch feature/g'; After = 'Get-CogCommit -Branch feature/gift-cards' }
        @{ Line = 'Get-CogCommit -Branch gr'; After = "Get-CogCommit -Branch 'größe/prüfen'" }
        @{ Line = 'Get-CogCommit 47137'; After = 'Get-CogCommit 47137ff9-13df-5a6d-95eb-041143f6c4a7' }
        @{ Line = 'Get-CogCommit -File gift'; After = "Get-CogCommit -File 'src/gift cards.js'" }
        @{ Line = 'Get-CogCommit -File "src/g'; After = 'Get-CogCommit -File "src/gift cards.js"' }
        @{ Line = 'Get-CogCommit -ClosedBy git'; After = 'Get-CogCommit -ClosedBy git_commit' }
        @{ Line = 'Get-CogCommit -Source cl'; After = 'Get-CogCommit -Source claude_code' }
        @{ Line = 'Set-CogCommitConfig cont'; After = 'Set-CogCommitConfig continuous-sync' }
        @{ Line = 'Set-CogCommitConfig storage c'; After = 'Set-CogCommitConfig storage cloud' }
        @{ Line = 'Set-CogCommitConfig continuous-sync '; After = 'Set-CogCommitConfig continuous-sync $true' }
        @{ Line = 'Test-CogCommit -Check Sto'; After = 'Test-CogCommit -Check Store' }
    ) {
        Get-Completed $Line | Should -BeExactly $After
    }

    It 'has what stood behind the cursor: <Line>' -ForEach @(
        @{ Line = 'Get-CogCommit -Project lan| -First 3'; After = 'Get-CogCommit -Project lantern-shop -First 3' }
        @{ Line = '$found = @(Get-CogCommit -File gift|).Count; "$found files"'; After = '$found = @(Get-CogCommit -File ''src/gift cards.js'').Count; "$found files"' }
        @{ Line = 'Set-CogCommitConfig sto| cloud'; After = 'Set-CogCommitConfig storage cloud' }
    ) {
        Get-Completed $Line | Should -BeExactly $After
    }

    It 'runs, and means what was offered: <_>' -ForEach @('Get-CogCommit -Project ann', 'Get-CogCommit -File gift', 'Get-CogCommit -Branch gr', 'Get-CogCommit 47137') {
        & ([scriptblock]::Create((Get-Completed $_))) | Should -Not -BeNullOrEmpty
    }
}

Describe 'What is offered' {
    It 'of commits is the newest first, each with its title beside it' {
        $offer = @(Get-Offer 'Get-CogCommit ')
        $offer[0].CompletionText | Should -Be $Newest.Id
        $offer[0].ListItemText | Should -BeLike "$($Newest.Id.Substring(0, 8))*"
        $offer[0].ToolTip | Should -BeLike "$($Newest.Title)*"
        $offer.Count | Should -Be @(Get-CogCommit).Count
    }

    It 'of commits is found by a word of the title too' {
        (Get-Offer 'Set-CogCommit Start').CompletionText | Should -Contain $Cards.Id
    }

    It 'of sessions is theirs of the commit before it' {
        $sessions = (Get-CogCommitSession -CommitId $Cards.Id).SessionId
        $offer = @(Get-Offer "Get-CogCommitTurn -CommitId $($Cards.Id) -SessionId ")
        $offer.CompletionText | Sort-Object | Should -Be ($sessions | Sort-Object)
        $offer.ToolTip | Should -Not -Contain $null
    }

    It 'of branches is those of the project before it' {
        (Get-Offer 'Get-CogCommit -Project moonjumper -Branch ').CompletionText | Should -Be 'main'
    }

    It 'of settings tells what each is for' {
        $offer = @(Get-Offer 'Set-CogCommitConfig ')
        $offer.CompletionText | Sort-Object | Should -Be ((Get-CogCommitConfig).Key | Sort-Object)
        $offer | ForEach-Object { $_.ToolTip.Length | Should -BeGreaterThan 20 }
    }

    It 'of nothing known is nothing' {
        Get-Offer 'Get-CogCommit -Project zzz' | Should -BeNullOrEmpty
    }
}

Describe 'Without a store' {
    BeforeAll { $env:COGCOMMIT_HOME = Join-Path $TestDrive 'nobody' }
    AfterAll { $env:COGCOMMIT_HOME = Join-Path $TestDrive 'home' }

    It 'Tab is silent and makes none: <_>' -ForEach @(
        'Get-CogCommit ', 'Get-CogCommit -Project ', 'Get-CogCommit -Branch ', 'Get-CogCommit -File ', 'Get-CogCommitTurn -SessionId ', 'Get-CogCommit -GitHash '
    ) {
        $Error.Clear()
        Get-Offer $_ | Should -BeNullOrEmpty
        $Error | Should -BeNullOrEmpty
        $env:COGCOMMIT_HOME | Should -Not -Exist
    }

    It 'Tab still knows what needs none' {
        (Get-Offer 'Set-CogCommitConfig storage ').CompletionText | Should -Be 'local', 'cloud'
    }
}
