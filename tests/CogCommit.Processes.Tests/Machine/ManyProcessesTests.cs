using System.Globalization;
using CogCommit.Cloud.Tests;
using CogCommit.Core.Cloud.Auth;
using CogCommit.Core.Store;
using CogCommit.Core.Tests.Capture.Import;
using CogCommit.Core.Tests.Store;
using CogCommit.Core.Tests.Store.Original;
using CogCommit.Processes.Child;
using CogCommit.Processes.Tests.Kills;
using CogCommit.Testing;

namespace CogCommit.Processes.Tests.Machine;

/// <summary>One machine, one store, several processes at once: each does its work as if it were alone, and nobody reads "database is locked".</summary>
public sealed class ManyProcessesTests(LocalCloudFixture cloud)
{
    private const int Processes = 10;
    private const int GrowingSteps = 3;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_daemon_two_shells_and_a_scheduled_task_lose_nothing_and_import_nothing_twice()
    {
        using var transcripts = new TranscriptFolder();
        var (before, now) = (transcripts.At("before"), transcripts.At("now"));
        Transcripts.Write(before, 30, 10);
        Transcripts.Write(now, 31, 30);
        using var machine = await cloud.NewUserAsync("many");
        await ChildProcess.RunAsync(machine.Home, "take", before);
        var said = await AtOnceAsync(machine.Home, ["sync", "12"], ["shell", "one", "25"], ["shell", "two", "25"], ["sync", "4", now], ["take", now]);

        using var store = new SyncedStore(machine);
        using var alone = new CapturedStore();
        alone.Import(before);
        alone.Import(now);
        Assert.Equal(alone.Rows(), store.CapturedRows());

        // Both shells may have edited a commit: the last word of one of them is there.
        var last = said.SelectMany(lines => lines.Where(line => line.StartsWith("done edit", StringComparison.Ordinal)).Select(line => line.Split(' '))
            .GroupBy(words => words[2], (commit, edits) => (Commit: commit, Title: edits.Last()[3]))).ToLookup(edit => edit.Commit, edit => edit.Title);
        var titles = store.Query("select id, title from cognitive_commits where title_set").Select(row => row.Split(" | ")).ToDictionary(row => row[0], row => row[1]);
        Assert.Equal(last.Select(edit => edit.Key).Order(StringComparer.Ordinal), titles.Keys.Order(StringComparer.Ordinal));
        Assert.All(titles, title => Assert.Contains(title.Value, last[title.Key]));
        await store.AssertSameElsewhereAsync(cloud);
        new StoreCopy(machine.Home).AssertWhole().Dispose();
        Figures.Record("commits edited by two shells while others synced and imported", titles.Count);
    }

    [Fact]
    public async Task Several_that_import_the_same_transcripts_at_once_import_them_once()
    {
        using var transcripts = new TranscriptFolder();
        Transcripts.Write(transcripts.Root, 32, 40);
        using var alone = new CapturedStore();
        alone.Import(transcripts.Root);
        for (var time = 0; time < 2; time++)
        {
            using var home = new TempHome();
            var folder = Path.Combine(home.Folder, "transcripts");
            for (var step = 1; step <= GrowingSteps; step++)
            {
                new Growth(transcripts.Root, folder, GrowingSteps).To(step);
                await AtOnceAsync(home.Home, [.. Enumerable.Repeat(new[] { "take", folder }, 4)]);
            }

            using var store = StoreFile.Open(home.Home);
            var captured = new CapturedStore(store);
            Assert.Equal(alone.Rows(), captured.Rows());
            Assert.Equal(0, captured.Import(folder).FilesRead);
            new StoreCopy(home.Home).AssertWhole().Dispose();
        }
    }

    [Fact]
    public async Task Several_that_make_the_store_at_once_make_one()
    {
        using var home = new TempHome();
        await AtOnceAsync(home.Home, [.. Enumerable.Repeat(new[] { "open" }, Processes)]);
        using var copy = new StoreCopy(home.Home).AssertWhole();
        Assert.Equal(StoreConnection.SchemaVersion, copy.Version);
    }

    [Fact]
    public async Task Several_that_upgrade_at_once_upgrade_once()
    {
        using var home = new TempHome();
        OriginalDatabase.Create(home.Home, 8);
        var said = await AtOnceAsync(home.Home, [.. Enumerable.Repeat(new[] { "open" }, Processes)]);
        Assert.Single(said, lines => lines.Contains("at commit"));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(home.Home.DatabasePath)!, "*.bak"));
        using var copy = new StoreCopy(home.Home).AssertWhole();
        Assert.Equal("5", copy.Text("select count(*) from turns"));
    }

    [Fact]
    public async Task Ten_with_an_expired_token_renew_it_once()
    {
        using var machine = await cloud.NewUserAsync("ten");
        await ChildProcess.RunAsync(machine.Home, "open");
        var file = new AuthFile(machine.Home, TimeProvider.System);
        var expired = file.Read()! with { ExpiresAt = DateTimeOffset.UtcNow };
        await file.WriteAsync(expired, Cancel);
        var said = await AtOnceAsync(machine.Home, [.. Enumerable.Repeat(new[] { "sync", "1" }, Processes)]);
        Assert.Equal(1, said.Sum(lines => lines.Count(line => line.Contains("/auth/v1/token", StringComparison.Ordinal))));
        Assert.All(said, lines => Assert.Contains(lines, line => line.StartsWith("done synced", StringComparison.Ordinal)));

        // What the cloud itself has noted: the token of the sign-in, used up, and one that followed it.
        await using var command = cloud.Server.Database.CreateCommand(
            "select count(*)::text || ' ' || count(*) filter (where not t.revoked) from auth.refresh_tokens t join auth.sessions s on s.id = t.session_id where s.user_id = $1");
        command.Parameters.Add(new Npgsql.NpgsqlParameter { Value = Guid.Parse(expired.UserId) });
        var before = await WithoutRenewalAsync();
        Assert.Equal($"{before + 1} 1", await command.ExecuteScalarAsync(Cancel));
        Assert.True(file.Read()!.ExpiresAt > DateTimeOffset.UtcNow.AddMinutes(5));
    }

    /// <summary>How many tokens the way in which the fixture signs a user in leaves, before anything is renewed.</summary>
    private async Task<int> WithoutRenewalAsync()
    {
        using var other = await cloud.NewUserAsync("ten");
        await using var command = cloud.Server.Database.CreateCommand(
            "select count(*)::int from auth.refresh_tokens t join auth.sessions s on s.id = t.session_id where s.user_id = $1");
        command.Parameters.Add(new Npgsql.NpgsqlParameter { Value = Guid.Parse(new AuthFile(other.Home, TimeProvider.System).Read()!.UserId) });
        return (int)(await command.ExecuteScalarAsync(Cancel))!;
    }

    /// <summary>Runs them all at once, each to a good end. Gives what each said.</summary>
    private static async Task<IReadOnlyList<IReadOnlyCollection<string>>> AtOnceAsync(CogCommitHome home, params string[][] commands)
    {
        var children = commands.Select(command => ChildProcess.Start(home, 0, command)).ToList();
        try
        {
            var errors = await Task.WhenAll(children.Select(child => child.EndAsync()));
            for (var i = 0; i < children.Count; i++)
            {
                Assert.True(
                    children[i].ExitCode == 0,
                    string.Create(CultureInfo.InvariantCulture, $"{string.Join(' ', commands[i])} ended with {children[i].ExitCode}: {string.Join('\n', children[i].Lines.TakeLast(3))}\n{errors[i]}"));
            }

            return [.. children.Select(child => child.Lines)];
        }
        finally
        {
            children.ForEach(child => child.Dispose());
        }
    }
}
