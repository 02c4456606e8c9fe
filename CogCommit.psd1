@{
    RootModule = 'bin/module/CogCommit.psm1'
    ModuleVersion = '0.1.0'
    GUID = '6f1c0d5e-3f0b-4d3f-9a52-6f1f2f5b7c11'
    Author = 'The CogCommit authors'
    CompanyName = 'The CogCommit authors'
    Copyright = '(c) The CogCommit authors'
    Description = 'Your AI coding sessions as cognitive commits: captured from transcripts, searchable, the same on every machine.'
    PowerShellVersion = '7.4'
    CompatiblePSEditions = @('Core')

    # Loaded at once: the model, so that [CogCommit.CognitiveCommit] can be written in the line after Import-Module, and the cmdlets, for
    # the code properties and the converter that the types file names.
    RequiredAssemblies = @('bin/module/CogCommit.Model.dll', 'bin/module/CogCommit.PowerShell.dll')
    NestedModules = @('bin/module/CogCommit.PowerShell.dll')
    FormatsToProcess = @('CogCommit.Format.ps1xml')
    TypesToProcess = @('CogCommit.Types.ps1xml')

    CmdletsToExport = @(
        'Add-CogCommitVisual'
        'Clear-CogCommitCloud'
        'Close-CogCommit'
        'Connect-CogCommit'
        'Disconnect-CogCommit'
        'Export-CogCommit'
        'Get-CogCommit'
        'Get-CogCommitConfig'
        'Get-CogCommitConflict'
        'Get-CogCommitDaemon'
        'Get-CogCommitIdentity'
        'Get-CogCommitSession'
        'Get-CogCommitSyncStatus'
        'Get-CogCommitTurn'
        'Get-CogCommitVisual'
        'Import-CogCommit'
        'Measure-CogCommit'
        'Push-CogCommit'
        'Receive-CogCommit'
        'Register-CogCommitDaemon'
        'Remove-CogCommit'
        'Remove-CogCommitAccount'
        'Remove-CogCommitVisual'
        'Resolve-CogCommitConflict'
        'Restore-CogCommit'
        'Save-CogCommitVisual'
        'Search-CogCommit'
        'Set-CogCommit'
        'Set-CogCommitConfig'
        'Start-CogCommitDaemon'
        'Stop-CogCommitDaemon'
        'Sync-CogCommit'
        'Test-CogCommit'
        'Unregister-CogCommitDaemon'
        'Watch-CogCommit'
    )
    FunctionsToExport = @('cogcommit')
    AliasesToExport = @('Pull-CogCommit')
    VariablesToExport = @()
    DscResourcesToExport = @()

    PrivateData = @{
        PSData = @{
            Tags = @('AI', 'ClaudeCode', 'History', 'Search', 'Sync', 'SQLite', 'Supabase', 'Windows', 'Linux', 'MacOS')
        }
    }
}
