# What only a real pwsh shows of the package: a gallery takes it and gives it back.

BeforeDiscovery {
    # The test task packs and names the package; without one there is nothing to look at.
    $script:Packed = [bool] $env:COGCOMMIT_MODULE
}

BeforeAll {
    $script:Root = Resolve-Path "$PSScriptRoot/../.."
    $script:Manifest = $env:COGCOMMIT_MODULE ? $env:COGCOMMIT_MODULE : "$Root/CogCommit.psd1"
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
            $words = & (Get-Command pwsh -CommandType Application -TotalCount 1).Source -NoProfile -NonInteractive -Command 'Import-Module CogCommit; (Get-Module CogCommit).ModuleBase'
            $words | Should -BeLike "*modules*CogCommit*$Version"
        }
        finally { $env:PSModulePath = $path }
    }
}
