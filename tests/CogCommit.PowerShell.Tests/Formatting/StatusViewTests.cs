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
            "-> Remove-CogCommitVisual, or Remove-CogCommit -Cloud, makes room in the cloud;",
            "   Push-CogCommit -Retry then sends what was over the limit.",
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

    private const string Running = "Daemon = [CogCommit.DaemonStatus]@{ LogPath = ''; IsRunning = $true; ProcessId = 7; Mode = 'Daemon'; StartedAt = [DateTimeOffset]'2026-04-01T10:00:30Z' }";

    [Theory]
    [InlineData("Connection = 'Listening'", "listening")]
    [InlineData("Connection = 'Polling'; NextTry = [DateTimeOffset]::UtcNow.AddSeconds(40.9)", "polling, next in 40s")]
    [InlineData("Connection = 'Offline'; FailingSince = [DateTimeOffset]::UtcNow.AddMinutes(-3.1); Failures = 4; NextTry = [DateTimeOffset]::UtcNow.AddSeconds(40.9); LastError = 'no route'", "offline since 3m, 4 tries, next in 40s: no route")]
    [InlineData("Connection = 'Offline'; FailingSince = [DateTimeOffset]::UtcNow.AddSeconds(-9.1); Failures = 1; NextTry = [DateTimeOffset]::UtcNow; LastError = 'no route'", "offline since 9s, 1 try, next now: no route")]
    [InlineData("Connection = 'Off'", "off")]
    public void How_it_stands_to_the_cloud_is_one_line(string connection, string said) => Assert.Equal(
        [
            "Signed in  : ada at https://abc.supabase.co/",
            $"Daemon     : running since {new DateTimeOffset(2026, 4, 1, 10, 0, 30, TimeSpan.Zero).ToLocalTime():yyyy-MM-dd HH:mm}, process 7",
            $"Connection : {said}",
            "Last sync  : never",
            "Synced     : 0",
            "Waiting    : nothing",
        ],
        Printed.Plain(100, $"[CogCommit.SyncStatus]@{{ {SignedIn}; {Running}; {connection} }}").TakeWhile(line => line.Length > 0));

    [Fact]
    public void Why_it_only_polls_is_what_the_daemon_says() => Assert.Contains(
        "Connection : polling: the cloud has no Realtime",
        Printed.Plain(100, $"[CogCommit.SyncStatus]@{{ {SignedIn}; {Running.Replace("LogPath = ''", "LogPath = ''; Reason = 'the cloud has no Realtime'", StringComparison.Ordinal)}; Connection = 'Polling' }}"));

    [Fact]
    public void What_waits_is_said_with_its_age_and_its_pictures_and_needs_no_command_where_a_daemon_runs() => Assert.Equal(
        ["Waiting    : 3 pending, 2 pictures of 1.5 MB; the oldest for 12s"],
        Printed.Plain(100, $"[CogCommit.SyncStatus]@{{ {SignedIn}; {Running}; Pending = 3; VisualsPending = 2; VisualBytesPending = 1572864; Lag = [timespan]::FromSeconds(12.3) }}")
            .SkipWhile(line => !line.StartsWith("Waiting", StringComparison.Ordinal)));

    [Fact]
    public void Without_a_daemon_it_says_how_to_have_one() => Assert.Equal(
        [
            "Daemon     : not running, starts at logon",
            "Connection : off",
            "Last sync  : never",
            "Synced     : 0",
            "Waiting    : 3 pending",
            "",
            "-> Sync-CogCommit sends what is pending, Start-CogCommitDaemon does so from now on.",
        ],
        Printed.Plain(100, $"[CogCommit.SyncStatus]@{{ {SignedIn}; Daemon = [CogCommit.DaemonStatus]@{{ LogPath = ''; IsRegistered = $true }}; Pending = 3 }}").Skip(1));

    [Fact]
    public void A_daemon_is_one_screen() => Assert.Equal(
        [
            $"Daemon     : running since {new DateTimeOffset(2026, 4, 1, 10, 0, 30, TimeSpan.Zero).ToLocalTime():yyyy-MM-dd HH:mm}, process 7",
            "Connection : offline since 3m, 4 tries: no route",
            "Last sync  : never",
            "Version    : 0.1.0",
            "At logon   : not started",
            "Log        : /home/ada/.cogcommit/logs/daemon.log",
        ],
        Printed.Plain(100, "[CogCommit.DaemonStatus]@{ IsRunning = $true; ProcessId = 7; Mode = 'Daemon'; StartedAt = [DateTimeOffset]'2026-04-01T10:00:30Z'; Version = '0.1.0'; Connection = 'Offline'; FailingSince = [DateTimeOffset]::UtcNow.AddMinutes(-3.1); Failures = 4; Reason = 'no route'; LogPath = '/home/ada/.cogcommit/logs/daemon.log' }"));

    [Fact]
    public void Where_no_daemon_runs_it_says_how_to_start_one() => Assert.Equal(
        ["Daemon     : not running", "At logon   : started by the system", "Log        : /x", "", "-> Start-CogCommitDaemon starts it."],
        Printed.Plain(100, "[CogCommit.DaemonStatus]@{ IsRegistered = $true; LogPath = '/x' }").Select(line => line.Replace(", starts at logon", "", StringComparison.Ordinal)));

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
