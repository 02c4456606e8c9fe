using System.Globalization;
using CogCommit.Cloud.Tests;
using CogCommit.Core.Store;

namespace CogCommit.Processes.Tests.Kills;

/// <summary>A pull over the wire, page by page, killed.</summary>
public sealed class PullKillTests(LocalCloudFixture cloud) : IDisposable
{
    private const int RowsOfOnePush = 8;
    private readonly Template _template = new(5, 12);

    public void Dispose() => _template.Dispose();

    [Fact]
    [Trait("Soak", "kills")]
    public async Task A_killed_pull_is_gone_on_with_and_brings_every_row()
    {
        using var source = await cloud.NewUserAsync("source");
        _template.CopyTo(source.Home);
        using var there = new SyncedStore(source);
        var first = there.Query("select id from cognitive_commits order by id")[0];
        Curation.Apply(there.Store, first, new CurationChange { Title = "said there", Hidden = true });
        await there.PushAsync(RowsOfOnePush);

        using var measured = await cloud.SignInAsync(source.UserName);
        var extent = await Extent.MeasureAsync(measured.Home, "pull");
        await KillSeries.RunAsync(extent, async (_, _) => new Case(await cloud.SignInAsync(source.UserName), there.Rows()));
    }

    private sealed class Case(TestMachine machine, string rows) : KillCase
    {
        public override CogCommitHome Home => machine.Home;

        public override string[] Command => ["pull", "forever"];

        public override Task AfterKillAsync(IReadOnlyList<string> lines)
        {
            using var left = new StoreCopy(Home).AssertWhole();
            var confirmed = Done(lines, "rows").LastOrDefault() ?? ["0", "0"];
            if (left.Version > 0)
            {
                Assert.InRange(int.Parse(left.Text("select count(*) from turns"), CultureInfo.InvariantCulture), int.Parse(confirmed[0], CultureInfo.InvariantCulture), int.MaxValue);
                Assert.InRange(int.Parse(left.Text("select count(*) from cognitive_commits"), CultureInfo.InvariantCulture), int.Parse(confirmed[1], CultureInfo.InvariantCulture), int.MaxValue);
            }

            return Task.CompletedTask;
        }

        public override async Task FinishAsync()
        {
            await ChildProcess.RunAsync(Home, Command[..^1]);
            using var store = new SyncedStore(machine);
            Assert.Equal(rows, store.Rows());
            var again = await store.SyncAsync(verify: true);
            Assert.Equal((0, 0, 0, 0), (again.Pushed, again.Pulled, again.Conflicts, again.Repaired));
            using var copy = new StoreCopy(Home).AssertWhole();
        }

        public override ValueTask DisposeAsync()
        {
            machine.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
