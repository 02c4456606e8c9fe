using System.Globalization;
using CogCommit.Cloud.Tests;
using CogCommit.Core.Store;
using Npgsql;

namespace CogCommit.Processes.Tests.Kills;

/// <summary>
/// Edits and pushes over the wire, killed: also when the cloud has a batch and the answer was never seen, which is each line "at answer".
/// </summary>
public sealed class PushKillTests(LocalCloudFixture cloud) : IDisposable
{
    private const string EditsOfOneRound = "2";
    private readonly Template _template = new(3, 12);

    public void Dispose() => _template.Dispose();

    [Fact]
    [Trait("Soak", "kills")]
    public async Task A_killed_push_is_gone_on_with_and_ends_with_both_sides_alike()
    {
        using var measured = await NewMachineAsync();
        var extent = await Extent.MeasureAsync(measured.Home, "push", "0", EditsOfOneRound);
        await KillSeries.RunAsync(extent, async (_, _) => new Case(cloud, await NewMachineAsync(), _template.Rows));
    }

    [Fact]
    public async Task A_push_whose_answer_nobody_saw_is_said_again_and_is_no_other_push()
    {
        using var measured = await NewMachineAsync();
        var lines = (await ChildProcess.RunAsync(measured.Home, "push", "0", EditsOfOneRound)).ToList();
        var request = lines.FindIndex(line => line.StartsWith("at request", StringComparison.Ordinal) && line.Contains("cogcommit_push", StringComparison.Ordinal));
        var answer = 1 + lines.FindIndex(request, line => line == "at answer 200");

        using var machine = await NewMachineAsync();
        using (var child = ChildProcess.Start(machine.Home, answer, "push", "0", EditsOfOneRound))
        {
            while (child.Lines.Count < answer)
            {
                await child.ReadAsync();
            }

            Assert.Equal("at answer 200", child.Lines.Last());
            child.Kill();
            await child.EndAsync();
        }

        // The cloud has it, and this side does not know that.
        Assert.Equal("1", await PushesAsync(machine));
        using var store = new SyncedStore(machine);
        Assert.Empty(store.Query("select id from cognitive_commits where pushed_seq > 0"));
        await store.AssertSameElsewhereAsync(cloud);
        Assert.Equal(_template.Rows, store.CapturedRows());
    }

    private async Task<string?> PushesAsync(TestMachine machine)
    {
        await using var command = cloud.Server.Database.CreateCommand(
            "select count(*)::text from public.sync_pushes p join auth.users u on u.id = p.user_id where u.email = $1");
        command.Parameters.Add(new NpgsqlParameter { Value = $"{machine.UserName}@localhost" });
        return (string?)await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    private async Task<TestMachine> NewMachineAsync()
    {
        var machine = await cloud.NewUserAsync("killed");
        _template.CopyTo(machine.Home);
        return machine;
    }

    private sealed class Case(LocalCloudFixture cloud, TestMachine machine, string captured) : KillCase
    {
        private readonly Dictionary<string, int> _begun = [];
        private readonly Dictionary<string, int> _edited = [];
        private Dictionary<string, int> _pushed = [];
        private int _next;

        public override CogCommitHome Home => machine.Home;

        public override string[] Command => ["push", _next.ToString(CultureInfo.InvariantCulture), EditsOfOneRound, "forever"];

        public override async Task AfterKillAsync(IReadOnlyList<string> lines)
        {
            Read(lines);
            using var left = new StoreCopy(Home).AssertWhole();
            AssertTitles(left.Text("select id, title from cognitive_commits where title_set").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(row => row.Split('|')), _edited);
            AssertTitles(await CloudTitlesAsync(), _pushed);
        }

        public override async Task FinishAsync()
        {
            using var store = new SyncedStore(machine);
            await store.AssertSameElsewhereAsync(cloud);
            Assert.Equal(captured, store.CapturedRows());
            AssertTitles(await CloudTitlesAsync(), _edited);
            using var copy = new StoreCopy(Home).AssertWhole();
        }

        private void Read(IEnumerable<string> lines)
        {
            foreach (var words in lines.Select(line => line.Split(' ')))
            {
                switch (words)
                {
                    case ["at", "edit", var commit, var number]:
                        _begun[commit] = int.Parse(number, CultureInfo.InvariantCulture);
                        _next = _begun[commit] + 1;
                        break;
                    case ["done", "edit", var commit, var number]:
                        _edited[commit] = int.Parse(number, CultureInfo.InvariantCulture);
                        break;
                    case ["done", "pushed", _]:
                        _pushed = new Dictionary<string, int>(_edited);
                        break;
                }
            }
        }

        /// <summary>Each confirmed edit is there, or one behind it that was begun.</summary>
        private void AssertTitles(IEnumerable<string[]> rows, Dictionary<string, int> confirmed)
        {
            var titles = rows.ToDictionary(row => row[0], row => int.Parse(row[1], CultureInfo.InvariantCulture));
            Assert.All(confirmed, edit => Assert.InRange(titles.GetValueOrDefault(edit.Key, -1), edit.Value, _begun[edit.Key]));
        }

        private async Task<IReadOnlyList<string[]>> CloudTitlesAsync()
        {
            await using var command = cloud.Server.Database.CreateCommand(
                "select c.local_id, c.title from public.cognitive_commits c join auth.users u on u.id = c.user_id where u.email = $1 and c.title_set");
            command.Parameters.Add(new NpgsqlParameter { Value = $"{machine.UserName}@localhost" });
            await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
            List<string[]> rows = [];
            while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            {
                rows.Add([reader.GetValue(0).ToString()!, reader.GetString(1)]);
            }

            return rows;
        }

        public override ValueTask DisposeAsync()
        {
            machine.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
