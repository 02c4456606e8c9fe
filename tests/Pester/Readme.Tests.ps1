# README.md, run line by line: what it shows is what is printed.
#
# What no two runs have in common is evened out on both sides, by the rules of $Evened below. '(some lines left out)' stands for any number of lines.

BeforeDiscovery {
    $root = Resolve-Path "$PSScriptRoot/../.."
    $text = (Get-Content "$root/README.md" -Raw).ReplaceLineEndings("`n")

    # The session: a line typed at a machine, and what came of it.
    $session = [regex]::Match($text, '(?ms)^## What it is like$.*?^```\n(.*?)^```$').Groups[1].Value
    $script:Typed = foreach ($found in [regex]::Matches($session, '(?ms)^PS (?<machine>\w+)> (?<line>[^\n]*)\n(?<shown>.*?)(?=^PS |\z)')) {
        @{ Machine = $found.Groups['machine'].Value; Line = $found.Groups['line'].Value; Shown = $found.Groups['shown'].Value }
    }
    $script:Using = [regex]::Match($text, '(?ms)^## Using it$.*?^```powershell\n(.*?)^```$').Groups[1].Value

    $postgres = (Get-Command initdb -CommandType Application -ErrorAction Ignore) -or
        (Resolve-Path '/usr/lib/postgresql/*/bin/initdb', '/usr/libexec/postgresql/*/bin/initdb', '/opt/homebrew/opt/postgresql*/bin/initdb',
            '/usr/local/opt/postgresql*/bin/initdb', "$env:ProgramFiles/PostgreSQL/*/bin/initdb.exe" -ErrorAction Ignore)
    . "$PSScriptRoot/LocalCloud.ps1"
    # In the name of what is skipped, so that the reason is read with it.
    $script:WhyNot = if (-not (Get-Command dotnet -ErrorAction Ignore)) { 'dotnet is not on PATH' }
        elseif (-not $postgres) { 'PostgreSQL''s programs are not here' }
        elseif (-not (Find-LocalCloud)) { 'the local cloud is not built' }
}

BeforeAll {
    $script:Root = (Resolve-Path "$PSScriptRoot/../..").Path
    $script:Manifest = $env:COGCOMMIT_MODULE ? $env:COGCOMMIT_MODULE : "$Root/CogCommit.psd1"
    $script:Before = @{}
    foreach ($name in 'COGCOMMIT_HOME', 'CLAUDE_CONFIG_DIR', 'COGCOMMIT_REFRESH_TOKEN', 'PSModulePath') {
        $Before[$name] = [Environment]::GetEnvironmentVariable($name)
    }
}

AfterAll {
    foreach ($name in $Before.Keys) { [Environment]::SetEnvironmentVariable($name, $Before[$name]) }
}

Describe 'README.md' {
    It 'has a session on two machines, and lines to begin with' -ForEach @(@{ Typed = $Typed; Using = $Using }) {
        $Typed.Count | Should -BeGreaterThan 8
        $Typed.Machine | Should -Contain 'laptop'
        $Typed.Machine | Should -Contain 'desktop'
        $Using | Should -Match '(?m)^Import-CogCommit'
    }
}

Describe "The session that README.md shows$($WhyNot ? ", which cannot be run: $WhyNot" : '')" -Skip:([bool]$WhyNot) -ForEach @(@{ Typed = $Typed }) {
    BeforeAll {
        $script:Evened = @(
            @{ What = 'the age of a row'; Pattern = '(?m)^([0-9a-f]{8}) [ \d]{3}[smhdwy](?= )'; By = '$1  age' }
            @{ What = 'how long ago, and when'; Pattern = '\d+[smhdwy] ago, \d{4}-\d\d-\d\d \d\d:\d\d'; By = 'age ago, time' }
            @{ What = 'a length of time'; Pattern = '\d+\.\d s$'; By = 'length' }
            @{ What = 'a size, which a compressor has a say in'; Pattern = '[\d.]+ [KM]?B\b'; By = 'size' }
            @{ What = 'the port of a local cloud'; Pattern = '127\.0\.0\.1:\d+'; By = '127.0.0.1' }
        )
        function ConvertTo-Even([string] $Text) {
            $Text = (($Text -split '\r?\n').TrimEnd() -join "`n").Trim("`n")
            foreach ($rule in $Evened) { $Text = [regex]::Replace($Text, $rule.Pattern, $rule.By) }
            $Text
        }
        # Lines of a text as a pattern: themselves, or any where some are left out.
        function ConvertTo-Pattern([string] $Text) {
            $lines = foreach ($line in $Text -split "`n") { $line -eq '(some lines left out)' ? '(?:[^\n]*\n)*' : [regex]::Escape($line) + '\n' }
            '\A' + (-join $lines) + '\z'
        }

        # A window each. A host without one counts as 120 columns wide, of which a terminal leaves the last one free.
        function Open-Window {
            $window = [powershell]::Create()
            $null = $window.AddScript("Set-Location '$Root'; Import-Module '$Manifest'; `$key = '$($Cloud.Key)'; `$PSStyle.OutputRendering = 'Ansi'").Invoke()
            $window
        }
        function Send-Line([powershell] $Window, [string] $Line) {
            $Window.Commands.Clear()
            $printed = $Window.AddScript("`$ErrorActionPreference = 'Stop'; $Line").AddCommand('Out-String').AddParameter('Width', 119).Invoke()
            if ($Window.Streams.Error) { throw $Window.Streams.Error[0] }
            # As a screen is captured: what is in colour, without it.
            (-join $printed) -replace '\e\[[\d;]*m'
        }

        . "$PSScriptRoot/LocalCloud.ps1"
        $script:Cloud = Start-LocalCloud

        # What a sign-in leaves in the environment makes Connect-CogCommit open no browser.
        $script:Tokens = @{}
        $script:Windows = @{}
        $script:RenderingBefore = $PSStyle.OutputRendering
        foreach ($machine in $Typed.Machine | Sort-Object -Unique) {
            $Tokens[$machine] = New-RefreshToken $Cloud ada
            $Windows[$machine] = Open-Window
        }
    }

    AfterAll {
        foreach ($window in $Windows.Values) { $window.Dispose() }
        $env:COGCOMMIT_REFRESH_TOKEN = $null
        $PSStyle.OutputRendering = $RenderingBefore
        Stop-LocalCloud $Cloud
    }

    It 'prints at <Machine> what is shown of <Line>' -ForEach $Typed {
        $env:COGCOMMIT_HOME = Join-Path $TestDrive $Machine
        $env:COGCOMMIT_REFRESH_TOKEN = $Tokens[$Machine]
        # The cloud of this test listens elsewhere than that of the README.
        $printed = Send-Line $Windows[$Machine] ($Line -replace 'http://127\.0\.0\.1:\d+', $Cloud.Url)

        $is = (ConvertTo-Even $printed) + "`n"
        $shown = ConvertTo-Even $Shown
        if ($shown -notmatch '\(some lines left out\)') { $is | Should -BeExactly "$shown`n" }
        $is | Should -MatchExactly (ConvertTo-Pattern $shown)
    }
}

Describe 'The lines that README.md says to begin with' -ForEach @(@{ Using = $Using }) {
    BeforeAll {
        # Somebody's project, the module in a folder of PSModulePath, and transcripts where the agent leaves them.
        $script:Project = New-Item -ItemType Directory "$TestDrive/lantern-shop"
        $null = New-Item -ItemType Directory "$TestDrive/claude", "$TestDrive/modules"
        Copy-Item "$Root/samples/claude-code" "$TestDrive/claude/projects" -Recurse
        $null = New-Item -ItemType ($IsWindows ? 'Junction' : 'SymbolicLink') "$TestDrive/modules/CogCommit" -Target (Split-Path $Manifest)
        Push-Location $Project
        git init --quiet
        git -c user.name=Ada -c user.email=ada@example.org commit --quiet --allow-empty -m 'Hang the lanterns'
        Pop-Location
    }

    It 'run without an error, one after the other' {
        # In a process of its own, as on a new machine, where no module is loaded yet.
        $script = @(
            # The samples are older than the month that is exported, which is a warning.
            '$ErrorActionPreference = "Stop"; $WarningPreference = "SilentlyContinue"; $ConfirmPreference = "None"'
            "`$env:PSModulePath = '$TestDrive/modules' + [IO.Path]::PathSeparator + `$env:PSModulePath"
            "`$env:COGCOMMIT_HOME = '$TestDrive/beginner'; `$env:CLAUDE_CONFIG_DIR = '$TestDrive/claude'"
            "Set-Location '$Project'"
            foreach ($line in $Using.Trim() -split "`n") {
                "try { [void]($($line -replace '\s+#.*') | Out-String -Width 120) } catch { 'Failed: ' + `$_.InvocationInfo.Line + `$_ }"
            }
            '"$(@(Get-CogCommit).Count) commits, the newest $((Get-CogCommit -First 1).Title)"'
        ) -join "`n"
        $script | Set-Content "$TestDrive/begin.ps1"
        $said = & (Get-Command pwsh -CommandType Application -TotalCount 1).Source -NoProfile -NonInteractive -File "$TestDrive/begin.ps1" 2>&1 | Out-String
        $said.Trim() | Should -Be '20 commits, the newest Stars out of step'
    }
}
