using System.Globalization;
using CogCommit.Core.Store;
using CogCommit.Core.Tests;
using CogCommit.Core.Tests.Capture.Import;
using CogCommit.Core.Tests.Store;
using CogCommit.Core.Tests.Store.Original;

namespace CogCommit.Processes.Tests.Kills;

/// <summary>The upgrade of a database of the original command line, killed. Kind 0 is a real one, the others are made, of that schema version.</summary>
public sealed class UpgradeKillTests
{
    private const int Versions = 10;

    private static readonly string Rows = "begin;" + OriginalDatabase.SomeRows + string.Concat(Enumerable.Range(0, 400).Select(n => string.Create(
        CultureInfo.InvariantCulture,
        $"insert into turns (id, session_id, role, content, timestamp) values ('m{n}', 's{1 + (n % 2)}', 'user', '{string.Join(' ', Enumerable.Repeat($"more {n}", 40))}', '2026-02-11T21:{n / 60:00}:{n % 60:00}Z');"))) + "commit;";

    private readonly Dictionary<int, (byte[] Original, string Everything, string Upgraded)> _kinds = [];

    [Fact]
    [Trait("Soak", "kills")]
    public async Task A_killed_upgrade_leaves_the_original_or_the_finished_store_and_the_next_open_completes_it()
    {
        var extent = new Extent(1, 1);
        for (var kind = SharedData.Root is null ? 1 : 0; kind <= Versions; kind++)
        {
            using var home = new TempHome();
            Create(home.Home, kind);
            using var before = new StoreCopy(home.Home);
            var bytes = await File.ReadAllBytesAsync(home.Home.DatabasePath, TestContext.Current.CancellationToken);
            var measured = await Extent.MeasureAsync(home.Home, "open");
            extent = new Extent(Math.Max(extent.Lines, measured.Lines), kind == 0 ? extent.Milliseconds : Math.Max(extent.Milliseconds, measured.Milliseconds));
            using var store = StoreFile.Open(home.Home);
            _kinds[kind] = (bytes, before.Everything(), RowsOf(store));
        }

        await KillSeries.RunAsync(extent, async (seed, _) =>
        {
            var kind = _kinds.Keys.ElementAt(seed % _kinds.Count);
            var one = new Case(_kinds[kind].Everything, _kinds[kind].Upgraded);
            Directory.CreateDirectory(Path.GetDirectoryName(one.Home.DatabasePath)!);
            await File.WriteAllBytesAsync(one.Home.DatabasePath, _kinds[kind].Original, TestContext.Current.CancellationToken);
            return one;
        });
    }

    private static void Create(CogCommitHome home, int kind)
    {
        if (kind > 0)
        {
            OriginalDatabase.Create(home, kind, Rows);
        }
        else
        {
            Directory.CreateDirectory(Path.GetDirectoryName(home.DatabasePath)!);
            File.WriteAllBytes(home.DatabasePath, File.ReadAllBytes(SharedData.Path("data", "peer", "data-v6.db")));
        }
    }

    private static string RowsOf(StoreFile store)
    {
        var captured = new CapturedStore(store);
        return captured.Rows() + string.Join('\n', captured.Query("select id, title, title_set, hidden, published, display_order, updated_at from cognitive_commits order by id"));
    }

    private sealed class Case(string original, string upgraded) : KillCase
    {
        private readonly TempHome _home = new();
        private bool _upgraded;

        public override CogCommitHome Home => _home.Home;

        public override string[] Command => ["open"];

        public override bool IsDone => _upgraded;

        private string[] Beside(string pattern) => Directory.GetFiles(Path.GetDirectoryName(Home.DatabasePath)!, pattern);

        public override Task AfterKillAsync(IReadOnlyList<string> lines)
        {
            using var left = new StoreCopy(Home).AssertWhole();
            _upgraded = left.Version == StoreConnection.SchemaVersion;
            Assert.True(_upgraded || lines is not [.., "done opened"], "It said that it was done.");
            if (!_upgraded)
            {
                Assert.Equal(original, left.Everything());
            }

            // From "begin" on the backup is there.
            Assert.True(Beside("*.bak").Length > 0 || !lines.Contains("at begin"));
            return Task.CompletedTask;
        }

        public override async Task FinishAsync()
        {
            await ChildProcess.RunAsync(Home, Command);
            using (var copy = new StoreCopy(Home).AssertWhole())
            {
                Assert.Equal(StoreConnection.SchemaVersion, copy.Version);
            }

            using var store = StoreFile.Open(Home);
            Assert.Equal(upgraded, RowsOf(store));
            Assert.Empty(Beside("*.partial*"));
            Assert.NotEmpty(Beside("*.bak"));
            foreach (var backup in Beside("*.bak"))
            {
                using var copy = new StoreCopy(backup).AssertWhole();
                Assert.Equal(original, copy.Everything());
            }
        }

        public override ValueTask DisposeAsync()
        {
            _home.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
