# The command line of the original cogcommit, word for word, on top of the cmdlets.

# What each word takes: options with a value, switches, and what it does with them. A name on the right is the key in $line.
$words = [ordered]@{
    config = @{
        Switches = @{ '--list' = 'List' }
        Run      = {
            param($line)
            $verb, $rest = $line.Words
            if ($verb -notin 'get', 'set') { $rest = $line.Words; $verb = if ($rest.Count -gt 1) { 'set' } else { 'get' } }
            $key, $value = $rest
            if ($verb -eq 'set' -and $rest.Count -lt 2) {
                Stop-Line 'MissingValue' 'A setting is set by: cogcommit config set <key> <value>' $key
            }
            if ($verb -eq 'set') { Set-CogCommitConfig -Key $key -Value $value -PassThru }
            elseif ($null -eq $key) { Get-CogCommitConfig }
            else { Get-CogCommitConfig -Key $key }
        }
    }
}

function Stop-Line([string] $Id, [string] $Message, $Target) {
    throw [System.Management.Automation.ErrorRecord]::new([System.ArgumentException]::new($Message), $Id, 'InvalidArgument', $Target)
}

# Sorts a command line into its options and the words that are left.
function Read-Line([string] $Word, [object[]] $Arguments) {
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
    $line
}

# No CmdletBinding: with the common parameters -o and -p would be ambiguous.
function cogcommit {
    $word, $arguments = $args
    $known = $words.Keys -join ', '
    if ($null -eq $word) { Stop-Line 'MissingWord' "Say what to do: cogcommit <word>. The words are $known." $null }
    if (-not $words.Contains("$word")) { Stop-Line 'UnknownWord' "cogcommit knows no '$word'. The words are $known." $word }
    & $words["$word"].Run (Read-Line $word @($arguments))
}
