using System.Globalization;

namespace CogCommit.PowerShell.Tests.Formatting;

/// <summary>The lists of single objects, as they are printed.</summary>
public sealed class ListViewTests
{
    [Fact]
    public void An_import_says_what_came_of_it() => Assert.Equal(
        [
            "Files    : 2 of 9 read, 1,245 lines",
            "Commits  : 20 new, 1 updated",
            "Turns    : 98 new, 21 of them prompts",
            "Replays  : 1,500",
            "BadLines : a.jsonl:3: torn",
            "Duration : 1.3 s",
        ],
        Printed.Plain(80, "[CogCommit.ImportResult]@{ Files = 9; FilesRead = 2; Lines = 1245; CommitsNew = 20; CommitsUpdated = 1; TurnsNew = 98; Prompts = 21; Replays = 1500; "
            + "BadLines = [CogCommit.BadLine[]][CogCommit.BadLine]::new('a.jsonl', 3, 'torn'); DurationSeconds = 1.26 }"));

    [Fact]
    public void A_sync_names_only_what_happened() => Assert.Equal(
        [
            "Status   : completed",
            "Pushed   : 3",
            "Pulled   : 0",
            "Turns    : 12 sent, 0 received",
            "Size     : 112.7 KB",
            "Requests : 1",
            "Duration : 0.5 s",
        ],
        Printed.Plain(80, "[CogCommit.SyncResult]@{ Pushed = 3; Turns = 12; Bytes = 115451; Requests = 1; DurationSeconds = 0.5 }"));

    [Fact]
    public void What_went_wrong_in_a_sync_is_there() => Assert.Equal(
        ["Status    : incomplete", "OverLimit : 2", "Failed    : 1", "Conflicts : 4"],
        Printed.Plain(80, "[CogCommit.SyncResult]@{ OverLimit = 2; Failed = 1; Conflicts = 4 }")
            .Where(line => line[0] is 'S' or 'O' or 'F' or 'C' && !line.StartsWith("Size", StringComparison.Ordinal)));

    [Fact]
    public void A_sync_without_a_network_says_that_nothing_is_lost() => Assert.Equal(
        "Status   : offline: nothing is lost, the next sync goes on",
        Printed.Plain(80, "[CogCommit.SyncResult]@{ Offline = $true }")[0]);

    [Fact]
    public void Nobody_signed_in_is_a_short_list() => Assert.Equal(
        ["SignedIn    : False", "MachineName : laptop", "MachineId   : m"],
        Printed.Plain(80, "[CogCommit.Identity]@{ MachineId = 'm'; MachineName = 'laptop' }"));

    [Fact]
    public void A_wipe_says_when_in_local_time() => Assert.Equal(
        ["Commits  : 4", "Machines : 2", "Size     : 1.0 MB", $"WipedAt  : {At("2026-03-02T09:01:37Z")}"],
        Printed.Plain(80, "[CogCommit.CloudWipe]@{ Commits = 4; Machines = 2; Bytes = 1048576; WipedAt = '2026-03-02T09:01:37Z' }"));

    private static string At(string moment) =>
        DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture).ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
