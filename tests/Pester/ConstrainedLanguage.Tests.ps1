# Where policy constrains PowerShell's language, the module is trusted and the user is not: his lines may call no method and make no type.

BeforeAll {
    $script:Root = (Resolve-Path "$PSScriptRoot/../..").Path
    $script:Manifest = $env:COGCOMMIT_MODULE ? $env:COGCOMMIT_MODULE : "$Root/CogCommit.psd1"
    $script:HomeBefore = $env:COGCOMMIT_HOME
    $env:COGCOMMIT_HOME = Join-Path $TestDrive 'home'

    # One session for all: once constrained it stays so.
    $script:Session = [powershell]::Create()
    $null = $Session.AddScript('$ExecutionContext.SessionState.LanguageMode = "ConstrainedLanguage"').Invoke()
    function Invoke-Constrained([string] $Script) {
        $Session.Commands.Clear()
        $Session.Streams.ClearStreams()
        $Session.AddScript($Script).Invoke()
        if ($Session.Streams.Error) { throw $Session.Streams.Error[0] }
    }
    Invoke-Constrained "Import-Module '$Manifest'"
    Invoke-Constrained "`$null = Import-CogCommit '$Root/samples/claude-code'"
}

AfterAll {
    $Session.Dispose()
    $env:COGCOMMIT_HOME = $HomeBefore
}

Describe 'A session in ConstrainedLanguage' {
    It 'is one' {
        Invoke-Constrained '"$($ExecutionContext.SessionState.LanguageMode)"' | Should -Be 'ConstrainedLanguage'
        { Invoke-Constrained '[System.IO.Path]::GetTempPath()' } | Should -Throw -ErrorId 'MethodInvocationNotSupportedInConstrainedLanguage*'
    }

    It 'imports, and has every command' {
        Invoke-Constrained '@(Get-CogCommit).Count' | Should -Be 20
        Invoke-Constrained '(Get-Command -Module CogCommit).Name' | Should -Contain 'cogcommit'
    }

    It 'lists, filters and looks into what is listed' {
        Invoke-Constrained '(Get-CogCommit | Where-Object Title -Like "*gift card*")[0].ProjectName' | Should -Be 'lantern-shop'
        Invoke-Constrained 'Get-CogCommitTurn -Role user | Select-Object -First 1 -ExpandProperty Content' | Should -Not -BeNullOrEmpty
        Invoke-Constrained '(Get-CogCommit)[0].ShortId' | Should -Match '^[0-9a-f]{8}$'
    }

    It 'goes from a search to a document' {
        $text = Invoke-Constrained 'Search-CogCommit "gift card" | Select-Object -First 1 | Get-CogCommit | Export-CogCommit -Format Markdown'
        "$text" | Should -Match 'gift card'
    }

    It 'prints the same as any other: <_>' -ForEach @(
        'Get-CogCommit', 'Get-CogCommit -First 1 | Format-List', 'Search-CogCommit card', 'Get-CogCommitTurn | Select-Object -First 3', 'Get-CogCommitSession',
        'Measure-CogCommit', 'Get-CogCommitSyncStatus', 'Get-CogCommitConfig', 'Get-CogCommitIdentity', 'Push-CogCommit -DryRun'
    ) {
        $free = [powershell]::Create()
        try { $expected = -join $free.AddScript("Import-Module '$Manifest'; $_ | Out-String -Width 100").Invoke() }
        finally { $free.Dispose() }
        $expected.Trim() | Should -Not -BeNullOrEmpty
        -join (Invoke-Constrained "$_ | Out-String -Width 100") | Should -BeExactly $expected
    }

    It 'changes a commit and a setting' {
        Invoke-Constrained '(Get-CogCommit)[0] | Set-CogCommit -Title "Named in constraint" -PassThru | ForEach-Object Title' | Should -Be 'Named in constraint'
        Invoke-Constrained 'Set-CogCommitConfig exclude-projects attic, cellar; (Get-CogCommitConfig exclude-projects).Value' | Should -Be 'attic', 'cellar'
    }

    It 'binds what comes from a CSV file' {
        Invoke-Constrained "Get-CogCommit | Select-Object -First 2 | Export-Csv '$TestDrive/two.csv'; (Import-Csv '$TestDrive/two.csv' | Get-CogCommit).Count" | Should -Be 2
    }

    It 'brings commits back from Clixml' {
        Invoke-Constrained "(Get-CogCommit)[0] | Export-Clixml '$TestDrive/one.xml'; (Import-Clixml '$TestDrive/one.xml' | Get-CogCommit).Title" | Should -Be 'Named in constraint'
    }

    It 'completes' {
        Invoke-Constrained '$line = "Get-CogCommit -Project lan"; (TabExpansion2 $line $line.Length).CompletionMatches[0].CompletionText' | Should -Be 'lantern-shop'
    }

    It 'has help' {
        Invoke-Constrained '(Get-Help Search-CogCommit).Synopsis' | Should -BeLike 'Finds words*'
    }

    It 'takes the original''s command lines' {
        Invoke-Constrained 'cogcommit stats --json' | ConvertFrom-Json | ForEach-Object Commits | Should -BeGreaterThan 0
        Invoke-Constrained 'cogcommit search feather' | Should -Not -BeNullOrEmpty
        Invoke-Constrained 'try { cogcommit push --bogus } catch { $_.FullyQualifiedErrorId }' | Should -Be 'UnknownOption,Stop-Line'
        Invoke-Constrained 'try { cogcommit bogus } catch { "$_" }' | Should -BeLike "cogcommit knows no 'bogus'.*"
    }
}
