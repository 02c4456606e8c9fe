namespace CogCommit.PowerShell.Tests.Formatting;

/// <summary>The view of how the store stands to the cloud, as it is printed.</summary>
public sealed class StatusViewTests
{
    private const string SignedIn =
        "Identity = [CogCommit.Identity]@{ SignedIn = $true; UserName = 'ada'; Url = 'https://abc.supabase.co'; MachineId = 'm'; MachineName = 'laptop' }";

    [Fact]
    public void Where_all_is_well_it_is_short() => Assert.Equal(
        [
            "Signed in  : ada at https://abc.supabase.co/",
            $"Last sync  : 5h ago, {DateTimeOffset.UtcNow.AddHours(-5.5).ToLocalTime():yyyy-MM-dd HH}",
            "Commits    : [########............]  41 %  412 of 1,000",
            "Bytes      : [#...................]   0 %  1.5 MB of 500.0 MB",
            "Synced     : 412, and 1 that needs no upload",
            "Waiting    : nothing",
        ],
        Printed.Plain(80, $"[CogCommit.SyncStatus]@{{ {SignedIn}; LastSync = [DateTimeOffset]::UtcNow.AddHours(-5.5); Synced = 412; Filtered = 1; CommitsUsed = 412; CommitLimit = 1000; BytesUsed = 1572864; ByteLimit = 524288000 }}")
            .Select((line, index) => index == 1 ? line[..^3] : line));

    [Fact]
    public void Where_something_is_wrong_it_says_what_to_type() => Assert.Equal(
        [
            "Signed in  : ada at https://abc.supabase.co/",
            "Last sync  : never",
            "Synced     : 0",
            "Waiting    : 3 pending, 2 over_limit, 1 error, 1 too_large",
            "Conflicts  : 1 not resolved",
            "Last error : The cloud answered 500 and a long story that does not fit a line",
            "             of eighty columns and goes on.",
            "",
            "-> Sync-CogCommit sends what is pending.",
            "-> Remove-CogCommit -Cloud makes room in the cloud, Push-CogCommit -Retry then",
            "   sends what was over the limit.",
            "-> Get-CogCommit -SyncStatus error lists what the cloud refused, Push-CogCommit",
            "   -Retry sends it again.",
            "-> Get-CogCommit -SyncStatus too_large lists what is too large for the cloud.",
            "   It stays on this machine.",
            "-> Get-CogCommitConflict shows both sides, Resolve-CogCommitConflict keeps one.",
            "-> Test-CogCommit looks for what is wrong.",
        ],
        Printed.Plain(80, $"[CogCommit.SyncStatus]@{{ {SignedIn}; Pending = 3; OverLimit = 2; Conflicts = 1; Errors = 1; TooLarge = 1; LastError = 'The cloud answered 500 and a long story that does not fit a line of eighty columns and goes on.' }}"));

    [Fact]
    public void Who_is_not_signed_in_is_told_how() => Assert.Equal(
        [
            "Signed in  : nobody",
            "Last sync  : never",
            "Synced     : 0",
            "Waiting    : 2 pending",
            "",
            "-> Connect-CogCommit -Url <cloud> -AnonKey <key> signs in. Until then",
            "   everything stays on this machine.",
        ],
        Printed.Plain(80, "[CogCommit.SyncStatus]@{ Identity = [CogCommit.Identity]@{ MachineId = 'm'; MachineName = 'laptop' }; Pending = 2 }"));

    [Theory]
    [InlineData(79, "32", "[###############.....]  79 %")]
    [InlineData(80, "33", "[################....]  80 %")]
    [InlineData(94, "33", "[##################..]  94 %")]
    [InlineData(95, "31", "[###################.]  95 %")]
    [InlineData(100, "31", "[####################] 100 %")]
    [InlineData(140, "31", "[####################] 100 %")]
    public void The_bar_warns_when_the_quota_runs_out(int used, string colour, string bar)
    {
        var script = $"[CogCommit.SyncStatus]@{{ {SignedIn}; CommitsUsed = {used}; CommitLimit = 100 }}";

        Assert.Contains(Printed.Plain(80, script), line => line.Contains($": {bar}  {used} of 100", StringComparison.Ordinal));
        Assert.Contains(Printed.Coloured(80, script), line => line.Contains($"[\e[{colour}m###", StringComparison.Ordinal));
    }
}
