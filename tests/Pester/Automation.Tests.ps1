# docs/automation.md, run in a real pwsh: the recipes, and the schedulers' lines in an environment as bare as theirs.

BeforeDiscovery {
    . "$PSScriptRoot/LocalCloud.ps1"
    $script:HasCloud = -not $IsWindows -and [bool](Find-LocalCloud)
}

BeforeAll {
    $script:Root = (Resolve-Path "$PSScriptRoot/../..").Path
    # The package, where one was made for the tests.
    $script:Manifest = $env:COGCOMMIT_MODULE ? $env:COGCOMMIT_MODULE : "$Root/CogCommit.psd1"
    $script:Before = @{}
    foreach ($name in 'COGCOMMIT_HOME', 'CLAUDE_CONFIG_DIR') { $Before[$name] = [Environment]::GetEnvironmentVariable($name) }

    # Somebody's home: the module where pwsh looks for it, transcripts where the agent leaves them, the recipes where the document says.
    $script:Person = Join-Path $TestDrive 'person'
    $modules = Join-Path $Person '.local/share/powershell/Modules'
    $null = New-Item -ItemType Directory $modules, "$Person/cogcommit", "$Person/.claude" -Force
    $null = New-Item -ItemType SymbolicLink "$modules/CogCommit" -Target (Split-Path $Manifest)
    Copy-Item "$Root/samples/claude-code" "$Person/.claude/projects" -Recurse

    $script:Recipes = @{}
    $blocks = [regex]::Matches(
        (Get-Content "$Root/docs/automation.md" -Raw).ReplaceLineEndings("`n"), '(?sm)<!-- recipe: (\S+) -->\n^```\w+\n(.*?)\n```$')
    foreach ($block in $blocks) {
        $Recipes[$block.Groups[1].Value] = $block.Groups[2].Value
        Set-Content "$Person/cogcommit/$($block.Groups[1].Value)" $block.Groups[2].Value
    }

    $script:Path = "$(Split-Path (Get-Command pwsh -CommandType Application -TotalCount 1).Source):/usr/local/bin:/usr/bin:/bin"

    # Runs a line as a scheduler does: a shell, next to no environment, no terminal.
    function script:Invoke-Bare([string] $Line, [hashtable] $Environment = @{}) {
        $start = [System.Diagnostics.ProcessStartInfo]::new('/bin/sh', [string[]]('-c', $Line))
        $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
        $start.WorkingDirectory = $Person
        $start.Environment.Clear()
        $start.Environment['HOME'] = $Person
        $start.Environment['PATH'] = $Path
        $start.Environment['NO_COLOR'] = '1'
        foreach ($name in $Environment.Keys) { $start.Environment[$name] = $Environment[$name] }
        $process = [System.Diagnostics.Process]::Start($start)
        $process.StandardInput.Close()
        $errors = $process.StandardError.ReadToEndAsync()
        $output = $process.StandardOutput.ReadToEnd()
        $process.WaitForExit()
        [pscustomobject]@{ Code = $process.ExitCode; Output = $output; Errors = $errors.Result }
    }

    # The same home by a name that quoting must withstand, as some people's is.
    $script:Apostrophe = Join-Path $TestDrive "Jeanne d'Arc"
    $null = New-Item -ItemType SymbolicLink $Apostrophe -Target $Person

    # Runs what the recipe registers with the Task Scheduler: its own arguments, with the paths and without the window of this system.
    function script:Invoke-Task([hashtable] $Environment = @{}) {
        $recorder = "function New-ScheduledTaskAction(`$Execute, `$Argument) { [Console]::Write(`$Argument) }`n" +
            "function New-ScheduledTaskTrigger {}`nfunction New-ScheduledTaskPrincipal {}`nfunction New-ScheduledTaskSettingsSet {}`nfunction Register-ScheduledTask {}`n"
        Set-Content "$Person/register.ps1" ($recorder + $Recipes['task-scheduler.ps1'])
        $there = $Environment + @{ HOME = $Apostrophe }
        $registered = Invoke-Bare 'pwsh -NoProfile -NonInteractive -File "$HOME/register.ps1"' $there
        $registered.Errors | Should -BeNullOrEmpty
        Invoke-Bare "pwsh $($registered.Output.Replace('-WindowStyle Hidden ', '').Replace('\', '/').Replace('$', '\$'))" $there
    }
}

AfterAll {
    foreach ($name in $Before.Keys) { [Environment]::SetEnvironmentVariable($name, $Before[$name]) }
}

Describe 'The recipes that read the store' {
    BeforeAll {
        $env:COGCOMMIT_HOME = Join-Path $TestDrive 'reader'
        Import-Module $Manifest
        $null = Import-CogCommit "$Root/samples/claude-code"
        $script:Runnable = Join-Path $TestDrive 'runnable'
        $null = New-Item -ItemType Directory $Runnable
        foreach ($name in 'digest.ps1', 'turns-per-model.ps1', 'branch.ps1') {
            # The module that is tested, wherever it lies.
            $Recipes[$name].Replace('Import-Module CogCommit', "Import-Module '$Manifest'") | Set-Content "$Runnable/$name"
        }
    }

    It 'digest.ps1 writes a file per project, with every commit of it' {
        & "$Runnable/digest.ps1" -Path "$TestDrive/digest" -Since 20y
        $commits = Get-CogCommit
        $files = Get-ChildItem "$TestDrive/digest"
        $files.Count | Should -Be ($commits.ProjectName | Sort-Object -Unique).Count
        $text = $files | Get-Content -Raw
        foreach ($commit in $commits) { "$text".Contains($commit.Title) | Should -BeTrue -Because $commit.Title }
        "$text" | Should -Match '(?m)^# lantern-shop, to \d{4}-\d\d-\d\d'
    }

    It 'digest.ps1 keeps projects apart whose names no file can have' {
        $two = Get-CogCommit | Select-Object -First 2
        $two[0] | Set-CogCommit -Project 'ha/ll'
        $two[1] | Set-CogCommit -Project 'ha:ll'
        try {
            & "$Runnable/digest.ps1" -Path "$TestDrive/apart" -Since 20y
            foreach ($commit in $two) {
                $file = Get-ChildItem "$TestDrive/apart" | Where-Object { (Get-Content $_ -Raw).Contains($commit.Title) }
                $file | Should -HaveCount 1
                Get-Content $file | Select-Object -First 1 | Should -Match '^# ha[/:]ll, to'
            }
            Get-ChildItem "$TestDrive/apart" -Name '*-ha%*' | Should -HaveCount 2
        }
        finally {
            $two | Set-CogCommit -Project ''
        }
    }

    It 'branch.ps1 reads git''s UTF-8 in a console of another encoding, and leaves that as it was' {
        $tree = (New-Item -ItemType Directory "$TestDrive/tree").FullName
        git -C $tree init --quiet --initial-branch main
        foreach ($subject in 'Begin', 'Der Kran dreht sich für Zoë') {
            git -C $tree -c user.name=Ann -c user.email=ann@example.org -c commit.gpgsign=false commit --quiet --allow-empty --message $subject
            git -C $tree switch --quiet --force-create crane
        }
        $before = [Console]::OutputEncoding
        Push-Location $tree
        try {
            [Console]::OutputEncoding = [System.Text.Encoding]::Latin1
            $lines = & "$Runnable/branch.ps1"
            [Console]::OutputEncoding.WebName | Should -Be 'iso-8859-1'
        }
        finally {
            [Console]::OutputEncoding = $before
            Pop-Location
        }
        $lines.Subject | Should -Be 'Der Kran dreht sich für Zoë'
    }

    It 'digest.ps1 writes nothing where nothing was' {
        & "$Runnable/digest.ps1" -Path "$TestDrive/quiet" -Since 1h
        Get-ChildItem "$TestDrive/quiet" | Should -BeNullOrEmpty
    }

    It 'turns-per-model.ps1 counts every answer once' {
        & "$Runnable/turns-per-model.ps1" -Path "$TestDrive/turns.csv" -Since 20y
        $lines = Import-Csv "$TestDrive/turns.csv"
        ($lines | Measure-Object Turns -Sum).Sum | Should -Be @(Get-CogCommitTurn -Role assistant).Count
        ($lines | Group-Object Day, Model | Where-Object Count -GT 1) | Should -BeNullOrEmpty
        $lines.Day | ForEach-Object { $_ | Should -Match '^\d{4}-\d\d-\d\d$' }
    }
}

Describe 'A scheduled task that ends with an error' -Skip:$IsWindows {
    It 'has code 1 and the reason in its log' {
        $run = Invoke-Task @{ COGCOMMIT_HOME = "$TestDrive/signed-out" }
        $run.Code | Should -Be 1
        $run.Errors + $run.Output | Should -BeNullOrEmpty
        (Get-Content "$Person/cogcommit/hourly.log" -Raw) -replace '[\s|]+', ' ' | Should -Match 'Nobody is here to sign in'
        Remove-Item "$Person/cogcommit/hourly.log"
    }
}

Describe 'A machine where nobody sits' -Skip:(-not $HasCloud) {
    BeforeAll {
        . "$PSScriptRoot/LocalCloud.ps1"
        $script:Cloud = Start-LocalCloud
        $script:Signing = @{ COGCOMMIT_SUPABASE_URL = $Cloud.Url; COGCOMMIT_SUPABASE_ANON_KEY = $Cloud.Key; COGCOMMIT_REFRESH_TOKEN = New-RefreshToken $Cloud nightly }
        $script:Import = "Import-Module CogCommit"
    }

    AfterAll {
        Stop-LocalCloud $Cloud
    }

    It 'says how to sign in, at once, where no token is' {
        $run = Invoke-Bare "pwsh -NoProfile -NonInteractive -Command '$Import; Connect-CogCommit $($Cloud.Url) $($Cloud.Key)'"
        $run.Code | Should -Be 1
        $run.Errors -replace '\s+', ' ' | Should -Match 'COGCOMMIT_REFRESH_TOKEN'
    }

    It 'says so too without -NonInteractive, for there is no keyboard and no screen' -Skip:(-not $IsLinux) {
        $run = Invoke-Bare "pwsh -NoProfile -Command '$Import; Connect-CogCommit $($Cloud.Url) $($Cloud.Key)'"
        $run.Code | Should -Be 1
        $run.Errors -replace '\s+', ' ' | Should -Match 'Nobody is here to sign in'
    }

    It 'never asks: what would do so is an error' {
        $run = Invoke-Bare "pwsh -NoProfile -NonInteractive -Command '$Import; `$null = Import-CogCommit; Get-CogCommit | Remove-CogCommit -IncludeUnpushed'"
        $run.Code | Should -Be 1
        (Invoke-Bare "pwsh -NoProfile -NonInteractive -Command '$Import; @(Get-CogCommit).Count'").Output.Trim() | Should -BeGreaterThan 10
    }

    It 'runs the cron line as it stands' {
        $line = ($Recipes['crontab'] -split "`n")[-1] -replace '^(\S+ ){5}'
        $run = Invoke-Bare $line $Signing
        $run.Errors + $run.Output | Should -BeNullOrEmpty
        $run.Code | Should -Be 0
        Get-Content "$Person/cogcommit/hourly.log" | Should -HaveCount 1
        Get-Content "$Person/cogcommit/hourly.log" | Should -Match '^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ completed: \d+ turns captured; [1-9]\d* commits pushed'
    }

    It 'runs launchd''s arguments as they stand, an hour later, with the same spent token' {
        $job = ([xml]($Recipes['org.cogcommit.hourly.plist'] -replace '<!DOCTYPE[^>]*>')).plist.dict
        $arguments = $job.array.string
        $arguments[0, 1] | Should -Be '/bin/sh', '-c'
        $run = Invoke-Bare $arguments[2] $Signing
        $run.Errors + $run.Output | Should -BeNullOrEmpty
        $run.Code | Should -Be 0
        Get-Content "$Person/cogcommit/hourly.log" | Select-Object -Last 1 | Should -Match 'Z completed: 0 turns captured; 0 commits pushed'
    }

    It 'runs systemd''s line as it stands, without any token, for the sign-in is kept' {
        $line = ($Recipes['cogcommit.service'] -split "`n" -match '^ExecStart=') -replace '^ExecStart=' -replace '%h', '$HOME'
        $run = Invoke-Bare $line
        $run.Errors | Should -BeNullOrEmpty
        $run.Code | Should -Be 0
        $run.Output | Should -Match '^\S+ \S+Z completed: 0 turns captured'
        @($run.Output.TrimEnd() -split "`n").Count | Should -Be 1
    }

    It 'runs the Task Scheduler''s command, whose log gets what it says and whose code is the script''s' {
        Remove-Item "$Person/cogcommit/hourly.log"
        $run = Invoke-Task
        $run.Errors + $run.Output | Should -BeNullOrEmpty
        $run.Code | Should -Be 0
        Get-Content "$Person/cogcommit/hourly.log" | Should -HaveCount 1
        Get-Content "$Person/cogcommit/hourly.log" | Should -Match 'Z completed:'
    }

    It 'ends with <Code> for <What>' -ForEach @(
        @{ What = 'a sync that is done'; Command = 'Sync-CogCommit'; Code = 0 }
        @{ What = 'an error'; Command = '$null = Disconnect-CogCommit -WhatIf; Sync-CogCommit'; Folder = 'nobody'; Code = 1 }
    ) {
        $environment = @{}
        if ($_['Folder']) { $environment.COGCOMMIT_HOME = "$Person/$($_.Folder)" }
        (Invoke-Bare "pwsh -NoProfile -NonInteractive -Command '$Import; $Command'" $environment).Code | Should -Be $Code
    }

    It 'leaves a transcript that makes sense: a line for the run, and no bars' {
        Set-Content "$Person/transcript.ps1" ("Start-Transcript '$Person/transcript.txt' -UseMinimalHeader | Out-Null`n" + $Recipes['hourly.ps1'])
        (Invoke-Bare 'pwsh -NoProfile -NonInteractive -File "$HOME/transcript.ps1"').Code | Should -Be 0
        $lines = Get-Content "$Person/transcript.txt" | Where-Object { $_ -and $_ -notmatch '^\*|^(Start|End) time|transcript' }
        $lines | Should -HaveCount 1
        $lines | Should -Match 'Z completed: 0 turns captured'
    }

    It 'is offline with code 2, loses nothing, and says why in a line' {
        Stop-LocalCloud $Cloud
        $run = Invoke-Bare 'pwsh -NoProfile -NonInteractive -File "$HOME/cogcommit/hourly.ps1"' $Signing
        $run.Code | Should -Be 2
        $run.Output | Should -Match 'WARNING: .* cannot be reached'
        $run.Output | Should -Match 'Z offline:'
        (Invoke-Bare "pwsh -NoProfile -NonInteractive -Command '$Import; Sync-CogCommit'").Code | Should -Be 0
    }
}
