# The command line of the original cogcommit, word for word, on top of the cmdlets. What it knows is read when the first line is typed
# (docs/performance.md).
$words = $null

<#
.SYNOPSIS
Takes the command lines of the original cogcommit.

.DESCRIPTION
cogcommit <word> [options] [words]

Each word does what the cmdlet behind it does, and gives its objects:

login      Connect-CogCommit: --url, --anon-key, --no-browser, --force
logout     Disconnect-CogCommit
whoami     Get-CogCommitIdentity
push       Import-CogCommit, then Push-CogCommit: --force, --dry-run,
           --retry, --verbose, --skip-import
pull       Receive-CogCommit: --verbose
sync       Sync-CogCommit: --verbose, --status (Get-CogCommitSyncStatus)
stats      Measure-CogCommit: --project, --json
export     Export-CogCommit: --format, --output, --project, --limit
search     Search-CogCommit: <words>, --project, --limit
prune      Remove-CogCommit -Before: --before, --project, --dry-run,
           --yes, --force
config     Get-CogCommitConfig, Set-CogCommitConfig: [get] [<key>],
           set <key> <value>, --list
analytics  Measure-CogCommit: --opt-in, --opt-out
import     Import-CogCommit: <paths>, --claude-path, --global, --project,
           --clear, --redetect

Options are written as there: --limit 5 or --limit=5, and in short (-f)
where the original has it so. An unknown word or option does nothing, and
the error lists the known ones.

.INPUTS
None
The function takes nothing from the pipeline.

.OUTPUTS
System.Object
What the cmdlet behind the word gives.

.EXAMPLE
cogcommit search gift card --limit 5

Finds words, as Search-CogCommit does.

.EXAMPLE
cogcommit push --dry-run

Shows what would be sent.

.EXAMPLE
cogcommit config set exclude-projects private-notes

Changes a setting.

.LINK
about_CogCommit
#>
function cogcommit {
    # No CmdletBinding: with the common parameters -o and -p would be ambiguous.
    $word, $arguments = $args
    # Caught and thrown: what cannot be read is an error that ends the line, and not one after which it goes on.
    if ($null -eq $words) { try { . $PSScriptRoot/CommandLine.ps1 } catch { throw } }
    $known = $words.Keys -join ', '
    if ($null -eq $word) { Stop-Line 'MissingWord' "Say what to do: cogcommit <word>. The words are $known." $null }
    if (-not $words.Contains("$word")) { Stop-Line 'UnknownWord' "cogcommit knows no '$word'. The words are $known." $word }
    & $words["$word"].Run (Read-Line $word @($arguments))
}
