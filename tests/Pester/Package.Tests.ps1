# What only a real pwsh shows of the package: a gallery takes it and gives it back, and a constrained session uses it.

BeforeDiscovery {
    # The test task packs and names the package; without one there is nothing to look at.
    $script:Packed = [bool] $env:COGCOMMIT_MODULE
}

BeforeAll {
    $script:Root = Resolve-Path "$PSScriptRoot/../.."
    $script:Manifest = $env:COGCOMMIT_MODULE ? $env:COGCOMMIT_MODULE : "$Root/CogCommit.psd1"

    # In a session of its own: a session once constrained stays so.
    function Invoke-Constrained([string] $Script) {
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript('$ExecutionContext.SessionState.LanguageMode = "ConstrainedLanguage"').Invoke()
            $shell.Commands.Clear()
            $null = $shell.AddScript("Import-Module '$Manifest'").Invoke()
            $shell.Commands.Clear()
            $shell.AddScript($Script).Invoke()
            if ($shell.Streams.Error) { throw $shell.Streams.Error[0] }
        }
        finally { $shell.Dispose() }
    }
}

Describe 'The package for a gallery' -Skip:(-not $Packed) {
    BeforeAll {
        $script:Version = Split-Path (Split-Path $Manifest) -Leaf
        $script:File = Join-Path $Manifest "../../../CogCommit.$Version.nupkg" | Resolve-Path
        $script:Gallery = 'cogcommit-' + [guid]::NewGuid().ToString('N').Substring(0, 8)
        $null = New-Item -ItemType Directory "$TestDrive/gallery", "$TestDrive/modules"
        Register-PSResourceRepository -Name $Gallery -Uri "$TestDrive/gallery" -Trusted
    }

    AfterAll { Unregister-PSResourceRepository -Name $Gallery }

    It 'is published, found by its words, saved, and imported by name' {
        Publish-PSResource -NupkgPath $File -Repository $Gallery
        $found = Find-PSResource CogCommit -Repository $Gallery
        $found.Version | Should -Be $Version
        $found.Tags | Should -Contain 'ClaudeCode'
        $found.ReleaseNotes | Should -Not -BeNullOrEmpty

        Save-PSResource CogCommit -Repository $Gallery -Path "$TestDrive/modules" -TrustRepository
        $path = $env:PSModulePath
        $env:PSModulePath = "$TestDrive/modules"
        try {
            # In a process of its own: here the assemblies of another folder are loaded.
            $words = & (Get-Process -Id $PID).Path -NoProfile -NonInteractive -Command 'Import-Module CogCommit; (Get-Module CogCommit).ModuleBase'
            $words | Should -BeLike "*modules*CogCommit*$Version"
        }
        finally { $env:PSModulePath = $path }
    }
}

Describe 'A session in ConstrainedLanguage' {
    BeforeAll {
        $script:HomeBefore = $env:COGCOMMIT_HOME
        $env:COGCOMMIT_HOME = Join-Path $TestDrive 'home'
    }

    AfterAll { $env:COGCOMMIT_HOME = $HomeBefore }

    It 'imports, searches and exports' {
        Invoke-Constrained "Import-CogCommit '$Root/samples/claude-code'" | Should -Not -BeNullOrEmpty
        Invoke-Constrained 'Search-CogCommit "gift card" | Select-Object -First 1 | Get-CogCommit | Export-CogCommit -Format Markdown' | Should -Not -BeNullOrEmpty
        Invoke-Constrained 'Get-CogCommit | Format-Table | Out-String -Width 80' | Should -Match 'lantern-shop'
    }

    It 'takes the original''s command lines' {
        Invoke-Constrained 'cogcommit stats --json' | ConvertFrom-Json | ForEach-Object Commits | Should -BeGreaterThan 0
        Invoke-Constrained 'try { cogcommit push --bogus } catch { $_.FullyQualifiedErrorId }' | Should -Be 'UnknownOption,Stop-Line'
        Invoke-Constrained 'try { cogcommit bogus } catch { "$_" }' | Should -BeLike "cogcommit knows no 'bogus'.*"
    }
}
