namespace CogCommit.PowerShell.Tests.Secrets;

/// <summary>A way to run a cmdlet, for the test that looks whether a secret comes out of it.</summary>
/// <param name="Command">The cmdlet's name, or the function's.</param>
/// <param name="Script">
/// Runs it, as often as there are ways to. Verbose, debug and no confirmation are set already; <c>$folder</c> is a place for files,
/// <c>$transcripts</c> has some to import, <c>$refreshToken</c> is one that is good for a sign-in.
/// </param>
/// <param name="Cloud">It speaks to the cloud, so that everything the network can do may happen to it.</param>
/// <param name="Renews">
/// All of that happens once more while the access token's time is over. Tokens are renewed in one place, so that few ways to it say enough:
/// by what syncs, by what sends pictures, by what deletes the account, and by a sign-in that is kept as long as its tokens are good.
/// </param>
/// <param name="ShowsSettings">It is asked for the settings, and the public key is one.</param>
internal sealed record SecretCase(string Command, string Script, bool Cloud = false, bool Renews = false, bool ShowsSettings = false)
{
    /// <summary>Every command that the module exports has at least one line here.</summary>
    public static IReadOnlyList<SecretCase> All { get; } =
    [
        new("Add-CogCommitVisual", "Add-CogCommitVisual \"$folder/nothing.png\" -CommitId (Get-CogCommit)[0].Id; Add-CogCommitVisual $transcripts -CommitId 12345678"),
        // A new picture each time, sent, and fetched where it lies no more; what follows a GIF's end is no part of it.
        new("Add-CogCommitVisual",
            """
            $bytes = [byte[]]([System.Convert]::FromBase64String('R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAkQBADs=') + [guid]::NewGuid().ToByteArray())
            [System.IO.File]::WriteAllBytes("$folder/new.gif", $bytes)
            $visual = Add-CogCommitVisual "$folder/new.gif" -CommitId (Get-CogCommit)[0].Id
            Push-CogCommit
            [System.IO.File]::Delete($visual.Path)
            Save-CogCommitVisual "$folder/fetched.gif" $visual.VisualId -Force
            """,
            Cloud: true, Renews: true),
        new("Clear-CogCommitCloud", "Clear-CogCommitCloud -WhatIf; Clear-CogCommitCloud -Force; Sync-CogCommit", Cloud: true),
        new("Close-CogCommit", "Close-CogCommit harbour; Close-CogCommit nothing"),
        new("Connect-CogCommit", "Connect-CogCommit -NoBrowser", Cloud: true),
        new("Connect-CogCommit", "Connect-CogCommit -RefreshToken $refreshToken -MachineName laptop", Cloud: true),
        new("Connect-CogCommit", "$env:COGCOMMIT_REFRESH_TOKEN = [System.Net.NetworkCredential]::new('', $refreshToken).Password; Connect-CogCommit; Connect-CogCommit; $env:COGCOMMIT_REFRESH_TOKEN = $null", Cloud: true, Renews: true),
        new("Connect-CogCommit", "$text = [System.Net.NetworkCredential]::new('', $refreshToken).Password; Connect-CogCommit -RefreshToken $text; $text | Connect-CogCommit; $text = $null", Cloud: true),
        new("Connect-CogCommit", "Connect-CogCommit -RefreshToken ([pscredential]::new('x', $refreshToken)); $refreshToken | Connect-CogCommit", Cloud: true),
        new("Disconnect-CogCommit", "Disconnect-CogCommit -WhatIf; Disconnect-CogCommit; Disconnect-CogCommit", Cloud: true),
        new("Export-CogCommit", "foreach ($format in 'Json', 'Jsonl', 'Markdown', 'Html') { Export-CogCommit -Format $format; Export-CogCommit -Path \"$folder/out.$format\" -Format $format -Force -PassThru }"),
        new("Get-CogCommit", "Get-CogCommit; Get-CogCommit -Force -SyncStatus pending; Get-CogCommit 12345678"),
        new("Get-CogCommitConfig", "Get-CogCommitConfig; Get-CogCommitConfig nothing", ShowsSettings: true),
        new("Get-CogCommitConflict", "Get-CogCommitConflict -IncludeResolved; Get-CogCommitConflict -CommitId 12345678"),
        new("Get-CogCommitDaemon", "Get-CogCommitDaemon; Get-CogCommitDaemon -Log"),
        new("Get-CogCommitIdentity", "Get-CogCommitIdentity"),
        new("Get-CogCommitSession", "Get-CogCommitSession; Get-CogCommitSession 12345678"),
        new("Get-CogCommitSyncStatus", "Get-CogCommitSyncStatus"),
        new("Get-CogCommitTurn", "Get-CogCommitTurn; Get-CogCommitTurn 12345678"),
        new("Get-CogCommitVisual", "Get-CogCommitVisual; Get-CogCommitVisual -Content; Get-CogCommitVisual 12345678"),
        new("Import-CogCommit", "Import-CogCommit $transcripts; Import-CogCommit $transcripts -Rebuild; Import-CogCommit \"$folder/nothing\""),
        new("Measure-CogCommit", "Measure-CogCommit"),
        new("Push-CogCommit", "Push-CogCommit -DryRun; Push-CogCommit -Force", Cloud: true),
        new("Receive-CogCommit", "Receive-CogCommit -Full; Receive-CogCommit 12345678", Cloud: true),
        new("Register-CogCommitDaemon", "Register-CogCommitDaemon -WhatIf"),
        new("Remove-CogCommit", "Get-CogCommit -Project harbour | Remove-CogCommit -Cloud -Confirm:$false; Remove-CogCommit 12345678 -Confirm:$false"),
        new("Remove-CogCommitAccount", "Remove-CogCommitAccount -WhatIf; Remove-CogCommitAccount -Force; Sync-CogCommit", Cloud: true, Renews: true),
        new("Remove-CogCommitVisual", "Get-CogCommitVisual | Remove-CogCommitVisual -WhatIf; Remove-CogCommitVisual 12345678 -Confirm:$false"),
        new("Resolve-CogCommitConflict", "Get-CogCommitConflict | Resolve-CogCommitConflict -Keep Local; Resolve-CogCommitConflict 12345678 -Keep Cloud"),
        new("Restore-CogCommit", "Get-CogCommit -Deleted | Restore-CogCommit; Restore-CogCommit 12345678"),
        new("Save-CogCommitVisual", "Get-CogCommitVisual | Save-CogCommitVisual $folder -Force -PassThru; Save-CogCommitVisual $folder 12345678"),
        new("Search-CogCommit", "Search-CogCommit retry; Search-CogCommit '\"'"),
        new("Set-CogCommit", "Get-CogCommit | Set-CogCommit -Title crane -PassThru; Set-CogCommit 12345678 -Title crane"),
        new("Set-CogCommitConfig", "Set-CogCommitConfig storage cloud -PassThru; Set-CogCommitConfig storage nowhere", ShowsSettings: true),
        new("Set-CogCommitConfig", "$password = [System.Net.NetworkCredential]::new('', $refreshToken).Password; Set-CogCommitConfig supabase-url \"http://me:$password@h.example\"; Set-CogCommitConfig supabase-url \"http://me:$password@h.example\" -WhatIf; $password = $null"),
        new("Set-CogCommitConfig", "$key = [System.Net.NetworkCredential]::new('', $refreshToken).Password; Set-CogCommitConfig supabase-anon-key \"a b $key\"; $key = $null"),
        new("Start-CogCommitDaemon", "Start-CogCommitDaemon; Get-CogCommitDaemon -Log; Stop-CogCommitDaemon -PassThru; Start-CogCommitDaemon -CopyOnly"),
        new("Stop-CogCommitDaemon", "Stop-CogCommitDaemon -WhatIf; Stop-CogCommitDaemon"),
        new("Sync-CogCommit", "Get-CogCommit | Set-CogCommit -Title crane; Sync-CogCommit; Sync-CogCommit -Verify", Cloud: true, Renews: true),
        new("Test-CogCommit", "Test-CogCommit; Test-CogCommit -Full -Check Store", Cloud: true),
        new("Unregister-CogCommitDaemon", "Unregister-CogCommitDaemon -WhatIf; Unregister-CogCommitDaemon -PassThru"),
        new("Watch-CogCommit", "do { Watch-CogCommit | ForEach-Object { $_; break } } while ($false)"),
        new("cogcommit", "cogcommit whoami; cogcommit sync --status; cogcommit push -f -v; cogcommit pull; cogcommit login --no-browser; cogcommit nothing"),
    ];

    public override string ToString() => $"{Command}: {Script}";
}
