# Every example of docs/cmdlets as a user would type it, beside PowerShell's own commands. Each has a copy of a store with samples/claude-code.
# Those that need a cloud or a conflict, which takes two machines and a cloud, run in tests/CogCommit.PowerShell.Tests/Help.

BeforeDiscovery {
    $script:Examples = foreach ($page in Get-ChildItem "$PSScriptRoot/../../docs/cmdlets/*-*.md") {
        $text = (Get-Content $page -Raw) -replace "`r"
        foreach ($found in [regex]::Matches($text, '(?ms)^### (?<title>[^\n]+)\n\n```powershell(?<needs>[^\n]*)\n(?<code>.*?)\n```')) {
            if ($found.Groups['needs'].Value -notmatch 'cloud|conflict') {
                @{ Cmdlet = $page.BaseName; Title = $found.Groups['title'].Value; Code = $found.Groups['code'].Value }
            }
        }
    }
}

BeforeAll {
    $script:Root = Resolve-Path "$PSScriptRoot/../.."
    # The package, where one was made for the tests.
    $script:Manifest = $env:COGCOMMIT_MODULE ? $env:COGCOMMIT_MODULE : "$Root/CogCommit.psd1"
    $script:Before = @{ Home = $env:COGCOMMIT_HOME; Claude = $env:CLAUDE_CONFIG_DIR; Confirm = $ConfirmPreference }
    $env:CLAUDE_CONFIG_DIR = Join-Path $TestDrive 'claude'
    $env:COGCOMMIT_HOME = $script:Plain = Join-Path $TestDrive 'plain'
    # Questions are answered with yes.
    $global:ConfirmPreference = 'None'
    Import-Module $Manifest -Force

    $script:Tree = Join-Path $TestDrive 'lantern-shop'
    $null = New-Item $Tree, "$Tree/notes", "$Tree/pictures" -ItemType Directory
    # One white pixel.
    [IO.File]::WriteAllBytes("$Tree/pictures/checkout.png", [Convert]::FromBase64String(
        'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAG9nRlQAAAABJRU5ErkJggg=='))
    Copy-Item "$Root/samples/claude-code" "$Tree/transcripts" -Recurse
    Push-Location $Tree
    git init --quiet
    git -c user.name=Ada -c user.email=ada@example.org commit --quiet --allow-empty -m 'Wrap the lanterns'
    $null = Import-CogCommit ./transcripts
    Export-CogCommit -Path ./history.jsonl
    Remove-CogCommit 3f7affb5 -Cloud
}

AfterAll {
    Pop-Location
    Remove-Module CogCommit
    $env:COGCOMMIT_HOME = $Before.Home
    $env:CLAUDE_CONFIG_DIR = $Before.Claude
    $global:ConfirmPreference = $Before.Confirm
}

Describe 'An example' {
    # What one starts would else outlive it.
    AfterEach { Stop-CogCommitDaemon }

    It 'of <Cmdlet> runs: <Title>' -ForEach $Examples {
        $env:COGCOMMIT_HOME = Join-Path $TestDrive ([guid]::NewGuid())
        Copy-Item $Plain $env:COGCOMMIT_HOME -Recurse
        Set-Location $Tree
        { & ([scriptblock]::Create("`$ErrorActionPreference = 'Stop'`n$Code")) } | Should -Not -Throw
    }
}

Describe 'Help as printed' {
    It 'of <_> has its parts' -ForEach @('Get-CogCommit', 'Export-CogCommit', 'Resolve-CogCommitConflict', 'cogcommit') {
        $text = Get-Help $_ -Full | Out-String -Width 80
        foreach ($part in 'NAME', 'SYNOPSIS', 'SYNTAX', 'DESCRIPTION', 'PARAMETERS', 'INPUTS', 'OUTPUTS', 'RELATED LINKS') {
            $text | Should -Match "(?m)^$part"
        }
        $text | Should -Match '(?i)Example 2'
    }

    It 'finds <_>' -ForEach @('about_CogCommit', 'about_CogCommit_Sync', 'about_CogCommit_Privacy', 'about_CogCommit_Automation') {
        Get-Help $_ | Should -Match 'SHORT DESCRIPTION'
        (Get-Help 'about_CogCommit*').Name | Should -Contain $_
    }

    It 'is found in any language of the user' {
        $before = [cultureinfo]::CurrentUICulture
        try {
            [cultureinfo]::CurrentUICulture = 'de-DE'
            (Get-Help Get-CogCommit).Synopsis | Should -BeLike 'Lists*'
        }
        finally {
            [cultureinfo]::CurrentUICulture = $before
        }
    }

    It 'lists what a word finds' {
        (Get-Help CogCommitConflict).Name | Should -Contain 'Resolve-CogCommitConflict'
    }
}
