# What only a real pwsh shows of the module as a whole: its types and packages, and a walk from files to a document.

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
}

Describe 'In pipelines' {
    It 'takes files from Get-ChildItem' {
        ($Imported | Measure-Object TurnsNew -Sum).Sum | Should -BeGreaterThan 50
    }

    It 'imports nothing a second time' {
        $again = Import-CogCommit "$Root/samples/claude-code"
        $again.CommitsNew + $again.CommitsUpdated + $again.TurnsNew | Should -Be 0
    }

    It 'walks from a search to a document' {
        $text = Search-CogCommit 'gift card' | Get-CogCommit | Export-CogCommit -Format Markdown
        ($text -join "`n") | Should -Match 'gift card'
    }
}
