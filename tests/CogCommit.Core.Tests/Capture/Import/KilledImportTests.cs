using CogCommit.Core.Capture;
using CogCommit.Core.Store;
using CogCommit.Core.Tests.Store;
using CogCommit.Testing;

namespace CogCommit.Core.Tests.Capture.Import;

/// <summary>
/// An import whose process dies before or behind each of its commits, one after the other: from there on nothing is written, also nothing
/// of what an import does last; with a transaction for each line, and with as few as an import makes. What tests/CogCommit.Processes.Tests does by chance is done here for every moment between two transactions.
/// </summary>
public sealed class KilledImportTests : IDisposable
{
    private readonly TranscriptFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0, 40)]
    [InlineData(200, 5)]
    public void Killed_before_or_behind_any_commit_the_next_import_ends_as_if_nothing_had_happened(int longest, int moments)
    {
        var main = Session('a', "2026-03-01T10:00:00Z");
        for (var i = 0; i < 4; i++)
        {
            main.Prompt($"prompt {i}").Answer($"answer {i}").Commit($"{i + 1:x7}", $"commit {i}");
        }

        // At work beside it, and a fork that takes turns over and comes later: their marks are what an import sets last.
        Session('b', "2026-03-01T10:01:00Z").Prompt("beside").Answer("yes").Write(_folder.Root);
        Session('c', "2026-03-01T15:00:00Z").Replay(main, 6).At("2026-03-01T15:00:00Z").Prompt("on").Answer("and on").Write(_folder.Root);
        main.Write(_folder.Root);
        using var undisturbed = new CapturedStore();
        undisturbed.Import(_folder.Root);
        Assert.NotEmpty(undisturbed.Query("select id from cognitive_commits where parallel"));

        var kills = 0;
        for (var survived = false; !survived; kills++)
        {
            using var home = new TempHome();
            survived = Survives(home.Home, TimeSpan.FromMilliseconds(longest), kills);
            using var store = StoreFile.Open(home.Home);
            var next = new CapturedStore(store);
            next.Import(_folder.Root);
            Assert.True(undisturbed.Rows() == next.Rows(), $"Killed at moment {kills}:\n{next.Rows()}");
            Assert.Equal(0, next.Import(_folder.Root).FilesRead);
        }

        Assert.True(kills > moments, $"It was killed at {kills} moments.");
    }

    /// <summary>
    /// It has planned to go on behind line 500; then another process begins anew, and stops early. Going on as planned would leave a hole
    /// that no later import would look for.
    /// </summary>
    [Fact]
    public void Where_another_process_began_anew_meanwhile_no_hole_is_left()
    {
        var session = Session('a', "2026-03-01T10:00:00Z");
        for (var i = 0; i < 150; i++)
        {
            session.Prompt($"prompt {i}").Answer("done", $"m{i}").Commit($"{i + 1:x7}", $"subject {i}");
        }

        var path = session.Write(_folder.Root);
        using var undisturbed = new CapturedStore();
        undisturbed.Import(_folder.Root);
        using var home = new TempHome();
        using var other = StoreFile.Open(home.Home);
        using var store = StoreFile.Open(home.Home);
        File.WriteAllText(path, string.Concat(session.Lines.Take(500).Select(line => line + "\n")));
        new CapturedStore(store).Import(_folder.Root);
        File.WriteAllBytes(path, session.Bytes());

        var begun = false;
        new Importer(store).Run(new ImportOptions { Paths = [_folder.Root] }, new Reports<ImportProgress>(_ =>
        {
            if (!begun)
            {
                begun = true;
                BeginAnew(other);
            }
        }), TestContext.Current.CancellationToken);
        Assert.Equal(undisturbed.Rows(), new CapturedStore(store).Rows());
        Assert.Equal(["150"], new CapturedStore(store).Query("select count(*) from captured_turns where role = 'user'"));
        Assert.Equal(0, new CapturedStore(store).Import(_folder.Root).FilesRead);
    }

    private void BeginAnew(StoreFile store)
    {
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => new Importer(store).Run(
            new ImportOptions { Paths = [_folder.Root], Rebuild = true },
            new Reports<ImportProgress>(progress => { if (progress.BytesDone > 0) { stop.Cancel(); } }),
            stop.Token));
    }

    private static TranscriptBuilder Session(char letter, string start) => new($"{new string(letter, 8)}-0000-4000-8000-000000000001", start: start);

    private bool Survives(CogCommitHome home, TimeSpan longest, int moment)
    {
        try
        {
            using var store = StoreFile.Open(home, null, new StoreOptions { BeforeStep = _ => { if (moment-- <= 0) { throw new FormatException("It died here."); } } });
            new Importer(store) { Longest = longest }.Run(new ImportOptions { Paths = [_folder.Root] }, null, TestContext.Current.CancellationToken);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
