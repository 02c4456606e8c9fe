using CogCommit.Core.Capture;
using CogCommit.Core.Store;
using CogCommit.Core.Sync;
using Microsoft.Extensions.Time.Testing;

namespace CogCommit.Cloud.Tests.Sync;

/// <summary>The same through everything: the signed-in client, HTTP, the local cloud.</summary>
public sealed class OverTheWireTests(LocalCloudFixture cloud)
{
    [Fact]
    public async Task What_one_machine_has_the_other_gets_and_sends_back_edited()
    {
        using var first = await cloud.NewUserAsync();
        using var second = await cloud.SignInAsync(first.UserName);
        using var a = new WireMachine(first);
        using var b = new WireMachine(second);
        var talk = Talk.Of("wire", "do it", "done") with { Turns = [.. Enumerable.Repeat(new string('ü', 100_000), 20)] };
        a.Import(talk);
        var deep = string.Concat(Enumerable.Repeat("[", 250)) + string.Concat(Enumerable.Repeat("]", 250));
        a.Store.Write(transaction => transaction.Execute(
            "update turns set tool_calls = $calls where ordinal = 1", ("$calls", $$"""[{"id":"t","name":"x","input":{{deep}},"result":null,"isError":false}]""")));

        var pushed = await a.SyncAsync();
        Assert.Equal((1, 20, 0), (pushed.Pushed, pushed.Turns, pushed.Failed));
        var pulled = await b.SyncAsync();
        Assert.Equal((1, 20), (pulled.Pulled, pulled.TurnsReceived));
        Curation.Apply(b.Store, Device.CommitsOf(talk)[0], new CurationChange { Title = "edited over there" });
        await b.SyncAsync();
        Assert.Equal(1, (await a.SyncAsync()).Pulled);
        Assert.Equal(1, (await a.SyncAsync()).Requests);

        using var reader = a.Store.OpenReader();
        Assert.Equal("edited over there", CommitColumns.Find(reader, Device.CommitsOf(talk)[0])!.Title);
        Assert.Equal(0, (await a.SyncAsync(verify: true)).Repaired);
    }

    [Fact]
    public async Task A_row_larger_than_the_cloud_takes_is_found_by_its_answer()
    {
        using var user = await cloud.NewUserAsync();
        using var a = new WireMachine(user);
        a.Import(Talk.Of("large", "small", new string('x', 9_000_000), "small"));
        var engine = new SyncEngine(a.Store, user.Account.Connect(), BatchLimits.Default with { Bytes = 20_000_000, RowBytes = 20_000_000 });
        var pushed = await engine.PushAsync(new PushOptions(), null, TestContext.Current.CancellationToken);
        Assert.Equal((1, 2), (pushed.Pushed, pushed.Turns));
        using var reader = a.Store.OpenReader();
        Assert.Equal("too_large", CommitColumns.Find(reader, Device.CommitsOf(Talk.Of("large", "x"))[0])!.SyncStatus);
    }

    private sealed class WireMachine : IDisposable
    {
        private readonly TestMachine _machine;

        public WireMachine(TestMachine machine)
        {
            _machine = machine;
            Store = StoreFile.Open(machine.Home, new FakeTimeProvider(DateTimeOffset.UtcNow));
            MachineIdentity.Of(Store);
        }

        public StoreFile Store { get; }

        public void Import(Talk talk) => Device.Import(Store, talk);

        public Task<SyncResult> SyncAsync(bool verify = false) => new SyncEngine(Store, _machine.Account.Connect(), Boundary.TakeOver)
            .SyncAsync(new SyncOptions { Verify = verify }, null, TestContext.Current.CancellationToken);

        public void Dispose() => Store.Dispose();
    }
}
