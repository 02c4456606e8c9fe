# What the function cogcommit knows: the words of the original's command line, and how a line is read. Into the module's own scope, for
# CogCommit.psm1 reads this when the first line is typed: most sessions never type one.

# Where an administrator's policy holds scripts that nobody signed, this one may make no object of .NET and call no method.
function script:Test-Constrained { $ExecutionContext.SessionState.LanguageMode -ne 'FullLanguage' }

# Those of the line's options that a cmdlet takes under the same name.
function script:Select-Parameter([hashtable] $Line) {
    $parameters = @{}
    foreach ($name in $args) { if ($Line.ContainsKey($name)) { $parameters[$name] = $Line[$name] } }
    $parameters
}

function script:Stop-Line([string] $Id, [string] $Message, $Target) {
    if (Test-Constrained) {
        if (Get-Command Write-Error -ErrorAction Ignore) {
            Write-Error -Message $Message -ErrorId $Id -Category InvalidArgument -TargetObject $Target -ErrorAction Stop
        }
        throw $Message
    }
    throw [System.Management.Automation.ErrorRecord]::new([System.ArgumentException]::new($Message), $Id, 'InvalidArgument', $Target)
}

# Sorts a command line into its options and the words that are left.
function script:Read-Line([string] $Word, [object[]] $Arguments) {
    $entry = $words[$Word]
    $line = @{ Words = @() }
    for ($i = 0; $i -lt $Arguments.Count; $i++) {
        $argument = $Arguments[$i]
        if ($argument -isnot [string] -or $argument -notlike '-?*') { $line.Words += , $argument; continue }
        $name, $value = $argument -split '=', 2
        if ($entry.Switches -and $entry.Switches.ContainsKey($name)) { $line[$entry.Switches[$name]] = $true; continue }
        if (-not $entry.Options -or -not $entry.Options.ContainsKey($name)) {
            $known = @($entry.Options.Keys; $entry.Switches.Keys).Where{ $_ } -join ', '
            if (-not $known) { $known = 'none' }
            Stop-Line 'UnknownOption' "cogcommit $Word has no option $name. It has: $known." $name
        }
        if ($null -eq $value) {
            if (++$i -ge $Arguments.Count) { Stop-Line 'MissingValue' "$name wants a value." $name }
            $value = $Arguments[$i]
        }
        $line[$entry.Options[$name]] = $value
    }
    if ($line.Words -and -not $entry.Words) {
        Stop-Line 'UnknownWord' "cogcommit $Word takes no '$($line.Words[0])'. Nothing was done." $line.Words[0]
    }
    $line
}

# What each word takes: options with a value, switches, and what it does with them. A name on the right is a key of $line.
# Last, for it tells that all of this was read.
$script:words = [ordered]@{
    login     = @{
        Options  = @{ '--url' = 'Url'; '--anon-key' = 'AnonKey' }
        Switches = @{ '--no-browser' = 'NoBrowser'; '-f' = 'Force'; '--force' = 'Force' }
        Run      = { param($line) $parameters = Select-Parameter $line Url AnonKey NoBrowser Force; Connect-CogCommit @parameters }
    }
    logout    = @{ Run = { Disconnect-CogCommit } }
    whoami    = @{ Run = { Get-CogCommitIdentity } }
    push      = @{
        Switches = @{
            '-f' = 'Force'; '--force' = 'Force'; '-n' = 'DryRun'; '--dry-run' = 'DryRun'; '-r' = 'Retry'; '--retry' = 'Retry'
            '-v' = 'Verbose'; '--verbose' = 'Verbose'; '--skip-import' = 'SkipImport'
        }
        Run      = {
            param($line)
            # The original imports before it pushes; a dry run changes nothing here either.
            if (-not $line.SkipImport -and -not $line.DryRun) { $null = Import-CogCommit }
            $parameters = Select-Parameter $line Force DryRun Retry Verbose
            Push-CogCommit @parameters
        }
    }
    pull      = @{
        Switches = @{ '-v' = 'Verbose'; '--verbose' = 'Verbose' }
        Run      = { param($line) $parameters = Select-Parameter $line Verbose; Receive-CogCommit @parameters }
    }
    sync      = @{
        Switches = @{ '--status' = 'Status'; '-v' = 'Verbose'; '--verbose' = 'Verbose' }
        Run      = {
            param($line)
            $parameters = Select-Parameter $line Verbose
            if ($line.Status) { Get-CogCommitSyncStatus @parameters } else { Sync-CogCommit @parameters }
        }
    }
    stats     = @{
        Options  = @{ '-p' = 'Project'; '--project' = 'Project' }
        Switches = @{ '--json' = 'Json' }
        Run      = {
            param($line)
            $parameters = Select-Parameter $line Project
            $statistics = Measure-CogCommit @parameters
            if (-not $line.Json) { $statistics }
            elseif (Test-Constrained) { $statistics | ConvertTo-Json -Depth 4 -Compress }
            else { [System.Text.Json.JsonSerializer]::Serialize($statistics, $statistics.GetType()) }
        }
    }
    export    = @{
        Options = @{
            '-f' = 'Format'; '--format' = 'Format'; '-o' = 'Path'; '--output' = 'Path'
            '-p' = 'Project'; '--project' = 'Project'; '--limit' = 'First'
        }
        Run     = {
            param($line)
            $choice = Select-Parameter $line Project First
            $parameters = Select-Parameter $line Format Path
            if (-not $parameters.Format) { $parameters.Format = 'Json' }
            Get-CogCommit @choice | Export-CogCommit @parameters
        }
    }
    search    = @{
        Words   = $true
        Options = @{ '-p' = 'Project'; '--project' = 'Project'; '--limit' = 'First' }
        Run     = {
            param($line)
            if (-not $line.Words) { Stop-Line 'MissingValue' 'Say what to search for: cogcommit search <query>' $null }
            $parameters = Select-Parameter $line Project First
            if (-not $line.First) { $parameters.First = 20 }
            Search-CogCommit -Query ($line.Words -join ' ') @parameters
        }
    }
    prune     = @{
        Options  = @{ '--before' = 'Before'; '-p' = 'Project'; '--project' = 'Project' }
        Switches = @{ '-n' = 'WhatIf'; '--dry-run' = 'WhatIf'; '-y' = 'Yes'; '--yes' = 'Yes'; '--force' = 'IncludeUnpushed' }
        Run      = {
            param($line)
            if (-not $line.Before) { Stop-Line 'MissingValue' 'Say how far back to keep: cogcommit prune --before <date>' '--before' }
            $parameters = Select-Parameter $line Before Project WhatIf IncludeUnpushed
            if ($line.Yes) { $parameters.Confirm = $false }
            Remove-CogCommit @parameters
        }
    }
    config    = @{
        Words    = $true
        Switches = @{ '--list' = 'List' }
        Run      = {
            param($line)
            $verb, $rest = $line.Words
            if ($verb -notin 'get', 'set') { $rest = $line.Words; $verb = if ($rest.Count -gt 1) { 'set' } else { 'get' } }
            $key, $value = $rest
            if ($verb -eq 'set' -and @($rest).Count -lt 2) {
                Stop-Line 'MissingValue' 'A setting is set by: cogcommit config set <key> <value>' $key
            }
            if ($verb -eq 'set') { Set-CogCommitConfig -Key $key -Value $value -PassThru }
            elseif ($null -eq $key) { Get-CogCommitConfig }
            else { Get-CogCommitConfig -Key $key }
        }
    }
    analytics = @{
        Switches = @{ '--opt-in' = 'OptIn'; '--opt-out' = 'OptOut' }
        Run      = {
            param($line)
            if ($line.OptIn -or $line.OptOut) { Set-CogCommitConfig -Key analytics-opt-in -Value ([bool]$line.OptIn) -PassThru }
            else { Measure-CogCommit }
        }
    }
    import    = @{
        Words    = $true
        Options  = @{ '-c' = 'LiteralPath'; '--claude-path' = 'LiteralPath' }
        Switches = @{ '-g' = 'Global'; '--global' = 'Global'; '-p' = 'Here'; '--project' = 'Here'; '--clear' = 'Rebuild'; '--redetect' = 'Rebuild' }
        Run      = {
            param($line)
            $parameters = Select-Parameter $line LiteralPath Rebuild
            if ($line.Words) { $parameters.LiteralPath = @($line.LiteralPath; $line.Words).Where{ $_ } }
            if ($line.Here) { $parameters.Project = '.' }
            Import-CogCommit @parameters
        }
    }
}
