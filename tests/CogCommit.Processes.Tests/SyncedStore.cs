using CogCommit.Cloud.Tests;
using CogCommit.Core.Capture;
using CogCommit.Core.Store;
using CogCommit.Core.Sync;
using CogCommit.Core.Tests.Capture.Import;
using CogCommit.Core.Tests.Export;

namespace CogCommit.Processes.Tests;

/// <summary>The store of a signed-in machine, looked at and synced from the test's own process.</summary>
internal sealed class SyncedStore : IDisposable
{
    private const string Curated = "select id, title, title_set, project_set, hidden, published, display_order, deleted_at, version, updated_at from cognitive_commits order by id";

    private const string Waiting = """
        select (select count(*) from cognitive_commits where change_seq > pushed_seq) + (select count(*) from sessions where change_seq > pushed_seq)
          + (select count(*) from turns where change_seq > pushed_seq) + (select count(*) from visuals where change_seq > pushed_seq)
        """;

    private readonly TestMachine _machine;
    private readonly CapturedStore _captured;

    public SyncedStore(TestMachine machine)
    {
        _machine = machine;
        Store = StoreFile.Open(machine.Home);
        _captured = new CapturedStore(Store);
    }

    public StoreFile Store { get; }

    public List<string> Query(string sql) => _captured.Query(sql);

    /// <summary>What was captured, and what the user said of it.</summary>
    /// <remarks>PostgreSQL keeps the members of an object in an order of its own: here they are sorted.</remarks>
    public string Rows() => SameJson(_captured.Rows()) + string.Join('\n', Query(Curated));

    /// <summary>What was captured here, as it was.</summary>
    public string CapturedRows() => _captured.Rows();

    public int Pending() => int.Parse(Query(Waiting)[0], System.Globalization.CultureInfo.InvariantCulture);

    public Task<SyncResult> SyncAsync(bool verify = false) => Engine(BatchLimits.Default).SyncAsync(new SyncOptions { Verify = verify }, null, TestContext.Current.CancellationToken);

    /// <summary>In batches that make many pushes of a little data.</summary>
    public Task<SyncResult> PushAsync(int rows) =>
        Engine(BatchLimits.Default with { Rows = rows }).PushAsync(new PushOptions(), null, TestContext.Current.CancellationToken);

    private SyncEngine Engine(BatchLimits limits) => new(Store, _machine.Account.Connect(), limits, Boundary.TakeOver);

    private static string SameJson(string rows) => string.Join('\n', rows.Split('\n').Select(row => string.Join(" | ", row.Split(" | ").Select(value =>
        value is ['{' or '[', .., '}' or ']'] ? SortedJson.Of(value) : value))));

    public void Dispose() => Store.Dispose();

    /// <summary>Both sides are alike: a machine that has nothing gets what this one has, nothing waits, and another sync moves nothing.</summary>
    public async Task AssertSameElsewhereAsync(LocalCloudFixture cloud)
    {
        await SyncAsync();
        using var elsewhere = await cloud.SignInAsync(_machine.UserName);
        using var other = new SyncedStore(elsewhere);
        await other.SyncAsync();
        Assert.Equal(Rows(), other.Rows());
        foreach (var one in new[] { this, other })
        {
            var again = await one.SyncAsync(verify: true);
            Assert.Equal((0, 0, 0, 0, 0), (again.Pushed, again.Pulled, again.Failed, again.Conflicts, again.Repaired));
            Assert.Equal(0, one.Pending());
        }
    }
}
