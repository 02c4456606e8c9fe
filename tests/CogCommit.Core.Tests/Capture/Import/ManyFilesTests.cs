using CogCommit.Core.Capture;
using CogCommit.Core.Capture.Import;
using CogCommit.Core.Store;
using CogCommit.Core.Tests.Store;

namespace CogCommit.Core.Tests.Capture.Import;

/// <summary>What an import of many transcripts costs: transactions, and files that are parsed before anybody takes them.</summary>
public sealed class ManyFilesTests : IDisposable
{
    private const int Files = 100;
    private readonly TranscriptFolder _folder = new();

    [Fact]
    public void Small_transcripts_share_a_transaction()
    {
        Write();
        using var home = new TempHome();
        var commits = 0;
        using var store = StoreFile.Open(home.Home, null, new StoreOptions { BeforeStep = step => commits += step == "committed" ? 1 : 0 });
        var result = new Importer(store) { Longest = TimeSpan.FromMinutes(1) }.Run(new ImportOptions { Paths = [_folder.Root] }, null, TestContext.Current.CancellationToken);
        Assert.Equal(Files, result.CommitsNew);
        Assert.InRange(commits, 1, Files / 2);
    }

    [Fact]
    public void A_fault_with_one_undoes_nothing_of_those_before_it_and_half_of_it_is_not_there()
    {
        Write();
        new TranscriptBuilder($"{Files / 2:x8}-0000-4000-8000-000000000001").Prompt("go").Answer("ok").Prompt("trap").Write(_folder.Root);
        using var store = new CapturedStore();
        Assert.Throws<FormatException>(() => new Importer(store.Store) { Longest = TimeSpan.FromMinutes(1), Rules = new FaultyRules() }
            .Run(new ImportOptions { Paths = [_folder.Root] }, null, TestContext.Current.CancellationToken));
        Assert.Equal([$"{Files / 2}"], store.Query("select count(*) from cognitive_commits"));
        Assert.Equal([$"{Files / 2}"], store.Query("select count(*) from captured_commits"));

        store.Import(_folder.Root);
        using var fresh = new CapturedStore();
        fresh.Import(_folder.Root);
        Assert.Equal(fresh.Rows(), store.Rows());
        Assert.Equal([$"{Files}"], store.Query("select count(*) from turn_index where turn_index match 'go'"));
    }

    [Fact]
    public void Only_some_are_parsed_ahead_of_the_one_that_writes()
    {
        Write();
        var planned = Directory.EnumerateFiles(_folder.Root).Order(StringComparer.Ordinal).Select(Planned).ToList();
        using var parsed = new ParsedFiles(planned, TestContext.Current.CancellationToken);
        for (var i = 0; i < ParsedFiles.FilesAhead; i++)
        {
            Assert.NotNull(parsed.Of(i).Take());
        }

        Assert.Null(parsed.Of(ParsedFiles.FilesAhead).TryTake());
        parsed.Release();
        Assert.NotNull(parsed.Of(ParsedFiles.FilesAhead).Take());
        Assert.Null(parsed.Of(ParsedFiles.FilesAhead + 1).TryTake());
    }

    public void Dispose() => _folder.Dispose();

    private void Write()
    {
        for (var i = 0; i < Files; i++)
        {
            new TranscriptBuilder($"{i:x8}-0000-4000-8000-000000000001").Prompt("go").Answer("ok").Write(_folder.Root);
        }
    }

    private static PlannedFile Planned(string path)
    {
        var key = Path.GetFileNameWithoutExtension(path);
        return new PlannedFile(
            new TranscriptFile(path, key, null, new FileInfo(path).Length, 0), new TranscriptState { Key = key, Source = "claude_code", Path = path }, 0, WasLeft: false);
    }
}
