using CogCommit.Core.Capture;
using CogCommit.Core.Export;
using CogCommit.Core.Store;
using CogCommit.Core.Tests.Capture.Import;
using CogCommit.Core.Tests.Store;

namespace CogCommit.Processes.Tests.Kills;

/// <summary>An export, killed.</summary>
public sealed class ExportKillTests : IDisposable
{
    private static readonly ExportFormat[] Formats = Enum.GetValues<ExportFormat>();

    private readonly TempHome _home = new();
    private readonly TranscriptFolder _transcripts = new();

    public ExportKillTests()
    {
        Transcripts.Write(_transcripts.Root, 7, 30);
        using var store = StoreFile.Open(_home.Home);
        new Importer(store).Run(new ImportOptions { Paths = [_transcripts.Root] }, null, TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        _home.Dispose();
        _transcripts.Dispose();
    }

    [Fact]
    [Trait("Soak", "kills")]
    public async Task A_killed_export_leaves_a_whole_file_or_the_one_from_before()
    {
        var whole = new Dictionary<ExportFormat, string>();
        Extent? extent = null;
        foreach (var format in Formats)
        {
            var path = Path.Combine(_home.Folder, $"whole-{format}");
            extent = await Extent.MeasureAsync(_home.Home, "export", path, $"{format}");
            whole[format] = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        }

        await KillSeries.RunAsync(extent!, (seed, _) =>
        {
            var format = Formats[seed % Formats.Length];
            var before = seed % 3 == 0 ? null : "what was there before";
            var path = Path.Combine(_home.Folder, $"out-{seed}");
            if (before is not null)
            {
                File.WriteAllText(path, before);
            }

            return Task.FromResult<KillCase>(new Case(_home.Home, path, format, before, whole[format]));
        });
    }

    private sealed class Case(CogCommitHome home, string path, ExportFormat format, string? before, string whole) : KillCase
    {
        private string? _now = before;

        public override CogCommitHome Home => home;

        public override string[] Command => ["export", path, $"{format}", "forever"];

        public override Task AfterKillAsync(IReadOnlyList<string> lines)
        {
            new StoreCopy(Home).AssertWhole().Dispose();
            if (Done(lines, "exported").Any())
            {
                _now = whole;
            }

            var there = File.Exists(path) ? File.ReadAllText(path) : null;
            Assert.True(there == _now || there == whole, $"The file is neither the old one nor the new one, but has {there?.Length} characters.");
            _now = there;
            return Task.CompletedTask;
        }

        public override async Task FinishAsync()
        {
            // As if it were later: what the killed ones left beside it is nobody's any more.
            foreach (var left in Left())
            {
                File.SetLastWriteTimeUtc(left, DateTime.UtcNow.AddHours(-2));
            }

            await ChildProcess.RunAsync(Home, Command[..^1]);
            Assert.Equal(whole, await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
            Assert.Empty(Left());
        }

        private string[] Left() => Directory.GetFiles(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.*");

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
