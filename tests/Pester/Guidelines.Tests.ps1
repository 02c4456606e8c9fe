# The rules of PowerShell's cmdlet guidelines, over everything that the module exports. A case per command, so that a failure names it.

BeforeDiscovery {
    $manifest = $env:COGCOMMIT_MODULE ? $env:COGCOMMIT_MODULE : (Resolve-Path "$PSScriptRoot/../../CogCommit.psd1").Path
    Import-Module $manifest -Force
    $script:Cases = foreach ($command in Get-Command -Module CogCommit -CommandType Cmdlet) {
        $metadata = [System.Management.Automation.CommandMetadata]::new($command)
        $engine = [System.Management.Automation.PSCmdlet]::CommonParameters + [System.Management.Automation.PSCmdlet]::OptionalCommonParameters +
            [System.Management.Automation.PagingParameters].GetProperties().Name
        $own = $command.Parameters.Values | Where-Object Name -NotIn $engine
        @{ Name = $command.Name; Command = $command; Own = @($own); Asks = $metadata.SupportsShouldProcess; Impact = "$($metadata.ConfirmImpact)" }
    }
}

BeforeAll {
    $script:Manifest = $env:COGCOMMIT_MODULE ? $env:COGCOMMIT_MODULE : (Resolve-Path "$PSScriptRoot/../../CogCommit.psd1").Path
    # What only looks. Everything else changes the store, the settings, the cloud, or a file.
    $script:Looks = 'Get', 'Search', 'Measure', 'Test', 'Watch'
    # What takes something away for good, or from everybody.
    $script:Destroys = 'Clear', 'Remove'
    # What has always returned what it did. The others that change something are silent, but for -PassThru.
    $script:Tells = 'Add-CogCommitVisual', 'Clear-CogCommitCloud', 'Close-CogCommit', 'Connect-CogCommit', 'Disconnect-CogCommit', 'Import-CogCommit',
        'Push-CogCommit',
        'Receive-CogCommit', 'Register-CogCommitDaemon', 'Remove-CogCommitAccount', 'Start-CogCommitDaemon', 'Sync-CogCommit'
    # A status and nothing but one: PowerShell's own Get-JobStatus would be spelt so too.
    $script:SingularWithS = 'CogCommitSyncStatus'
    # Other spellings of names that PowerShell has a standard one for.
    $script:Unusual = 'Filename', 'FileName', 'FilePath', 'Folder', 'Directory', 'Ids', 'Commits', 'Overwrite', 'Yes', 'Quiet', 'Silent', 'Limit', 'Count', 'Max',
        'From', 'To', 'Offset', 'Object', 'Output', 'OutFile', 'Simulate', 'Token', 'Uri'

    function Get-Described($Parameter) { $Parameter.Attributes | Where-Object { $_ -is [Parameter] } }

    # What was found may be gone by now: other files remove the module they are done with.
    Import-Module $Manifest -Force
}

AfterAll { Remove-Module CogCommit }

Describe 'The module' {
    It 'has its cmdlets, and nothing by chance' {
        $module = Get-Module CogCommit
        @($module.ExportedCmdlets.Keys).Count | Should -BeGreaterThan 20
        $module.ExportedFunctions.Keys | Should -Be 'cogcommit'
        $module.ExportedAliases.Keys | Should -Be 'Pull-CogCommit'
        $module.ExportedVariables.Keys | Should -BeNullOrEmpty
    }

    It 'warns of no name when it is imported' {
        Import-Module $Manifest -Force -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -BeNullOrEmpty
    }
}

Describe '<Name>' -ForEach $Cases {
    It 'has an approved verb and a singular noun' {
        $Command.Verb | Should -BeIn (Get-Verb).Verb
        $Command.Noun | Should -MatchExactly '^CogCommit([A-Z][a-z]+)*$'
        if ($Command.Noun -notin $SingularWithS) { $Command.Noun | Should -Not -Match 's$' }
    }

    It 'says what it returns, in types that are there' {
        $Command.OutputType | Should -Not -BeNullOrEmpty
        $Command.OutputType.Type | Should -Not -Contain $null
    }

    It 'has -WhatIf and -Confirm where it changes something, and only there' {
        $Asks | Should -Be ($Command.Verb -notin $Looks)
    }

    It 'asks first where it destroys something, and has -Force to answer; the others leave it to the user''s $ConfirmPreference' {
        if ($Command.Verb -in $Destroys) {
            $Impact | Should -Be 'High'
            $Own.Name | Should -Contain 'Force'
        }
        else {
            $Impact | Should -BeIn 'None', 'Medium'
        }
    }

    It 'has -PassThru where it would be silent, and only there' {
        $silent = $Command.Verb -notin $Looks -and $Name -notin $Tells
        ($Own.Name -contains 'PassThru') | Should -Be $silent
    }

    It 'has help: what it does, and two examples that are not the same' {
        $help = Get-Help $Name -Full
        $help.Synopsis | Should -Match '^[A-Z].{10,}\.$'
        ($help.Description.Text -join ' ').Length | Should -BeGreaterThan 60
        $code = @($help.Examples.Example.Code)
        $code.Count | Should -BeGreaterOrEqual 2
        @($code | Sort-Object -Unique).Count | Should -Be $code.Count
        $names = @($Name) + (Get-Alias -Definition $Name -ErrorAction Ignore).Name
        $code | ForEach-Object { $_ | Should -Match ($names -join '|') }
    }

    It 'tells in the prompt what each parameter wants' {
        foreach ($parameter in $Own) {
            foreach ($described in Get-Described $parameter) { $described.HelpMessage | Should -Match '\.$' -Because "-$($parameter.Name)" }
        }
    }

    It 'names parameters as PowerShell does' {
        foreach ($parameter in $Own) {
            $parameter.Name | Should -MatchExactly '^[A-Z][A-Za-z]+$'
            $parameter.Name | Should -Not -BeIn $Unusual
            $parameter.Name | Should -Not -Match '(?<!Statu|s)s$' -Because 'names are singular, also those of lists'
        }
        # A wildcard path has a literal one beside it, where the files are read.
        if ($Own.Where({ $_.Name -eq 'Path' -and $_.ParameterType.IsArray })) { $Own.Name | Should -Contain 'LiteralPath' }
    }

    It 'has switches for what is on or off' {
        $Own.ParameterType | Should -Not -Contain ([bool])
        $Own.ParameterType | Should -Not -Contain ([System.Nullable[bool]])
    }

    It 'has no switch that is on by itself, or by its place' {
        foreach ($parameter in $Own | Where-Object SwitchParameter) {
            (Get-Described $parameter).Position | Sort-Object -Unique | Should -Be ([int]::MinValue) -Because "-$($parameter.Name)"
        }
    }

    It 'takes whole objects by one parameter at most in each set' {
        foreach ($set in $Command.ParameterSets) {
            @($set.Parameters | Where-Object ValueFromPipeline).Count | Should -BeLessOrEqual 1 -Because $set.Name
        }
    }
}
