using CogCommit.Core.Store;
using CogCommit.Core.Tests.Capture.Import;
using CogCommit.Core.Tests.Store;

namespace CogCommit.Processes.Tests.Kills;

/// <summary>An import of growing transcripts, killed.</summary>
public sealed class ImportKillTests : IDisposable
{
    private const string Steps = "4";
    private const int Prompts = 12;
    private const int Variants = 3;

    private readonly TranscriptFolder _transcripts = new();
    private readonly Dictionary<int, string> _undisturbed = [];

    public void Dispose() => _transcripts.Dispose();

    [Fact]
    [Trait("Soak", "kills")]
    public async Task A_killed_import_is_gone_on_with_and_ends_as_if_nothing_had_happened()
    {
        Extent? extent = null;
        for (var variant = 0; variant < Variants; variant++)
        {
            Transcripts.Write(_transcripts.At($"{variant}"), variant, Prompts + variant);
            using var home = new TempHome();
            var measured = await Extent.MeasureAsync(home.Home, "import", _transcripts.At($"{variant}"), Path.Combine(home.Folder, "t"), Steps);
            extent = extent is null ? measured : new Extent(Math.Max(extent.Lines, measured.Lines), Math.Max(extent.Milliseconds, measured.Milliseconds));
            using var store = StoreFile.Open(home.Home);
            _undisturbed[variant] = new CapturedStore(store).Rows();
        }

        await KillSeries.RunAsync(extent!, (seed, _) => Task.FromResult<KillCase>(new Case(_transcripts.At($"{seed % Variants}"), _undisturbed[seed % Variants])));
    }

    private sealed class Case(string grown, string undisturbed) : KillCase
    {
        private readonly TempHome _home = new();
        private readonly HashSet<string> _turns = [];

        public override CogCommitHome Home => _home.Home;

        public override string[] Command => ["import", grown, Path.Combine(_home.Folder, "transcripts"), Steps, "forever"];

        public override Task AfterKillAsync(IReadOnlyList<string> lines)
        {
            using var left = new StoreCopy(Home).AssertWhole();
            _turns.UnionWith(Done(lines, "turn").Select(turn => turn[0]));
            if (left.Version > 0)
            {
                var there = left.Text("select id from turns").Split('\n').ToHashSet();
                Assert.Empty(_turns.Except(there));
            }
            else
            {
                Assert.Empty(_turns);
            }

            return Task.CompletedTask;
        }

        public override async Task FinishAsync()
        {
            await ChildProcess.RunAsync(Home, Command[..^1]);
            using var store = StoreFile.Open(Home);
            var captured = new CapturedStore(store);
            Assert.Equal(undisturbed, captured.Rows());
            Assert.Empty(captured.Query("select path from transcripts where offset <> size"));
            using var copy = new StoreCopy(Home).AssertWhole().AssertIndexed();
        }

        public override ValueTask DisposeAsync()
        {
            _home.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
