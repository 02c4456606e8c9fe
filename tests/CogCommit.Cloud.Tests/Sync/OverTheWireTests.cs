using CogCommit.Core;
using CogCommit.Core.Capture;
using CogCommit.Core.Cloud;
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

    [Fact]
    public async Task A_wiped_cloud_stops_the_other_machine_and_is_filled_again_only_by_force()
    {
        using var first = await cloud.NewUserAsync();
        using var second = await cloud.SignInAsync(first.UserName);
        using var a = new WireMachine(first);
        using var b = new WireMachine(second);
        a.Import(Talk.Of("wiped", "do it", "done"));
        await a.SyncAsync();
        await b.SyncAsync();
        Assert.Equal((1, 1, null), Told(await a.Engine.WeighAsync(TestContext.Current.CancellationToken)));
        var wiped = await a.Engine.WipeAsync(TestContext.Current.CancellationToken);
        Assert.NotNull(wiped.WipedAt);
        b.Import(Talk.Of("more", "x", "y"));
        // The push is refused, with an answer of its own over HTTP.
        var refused = await Assert.ThrowsAsync<CogCommitException>(() => b.Engine.PushAsync(new PushOptions(), null, TestContext.Current.CancellationToken));
        Assert.Equal("CloudWiped", refused.ErrorId);
        Assert.Equal("CloudWiped", (await Assert.ThrowsAsync<CogCommitException>(() => a.SyncAsync())).ErrorId);
        Assert.Equal(0, (await b.Engine.WeighAsync(TestContext.Current.CancellationToken)).Commits);
        var again = await b.Engine.PushAsync(new PushOptions { Force = true }, null, TestContext.Current.CancellationToken);
        Assert.Equal((2, 4), (again.Pushed, again.Turns));
    }

    [Fact]
    public async Task A_deleted_account_takes_its_sign_ins_along_and_who_comes_again_starts_empty()
    {
        using var first = await cloud.NewUserAsync();
        using var second = await cloud.SignInAsync(first.UserName);
        using var other = await cloud.NewUserAsync();
        using var a = new WireMachine(first);
        using var b = new WireMachine(second);
        using var c = new WireMachine(other);
        foreach (var machine in new[] { a, c })
        {
            machine.Import(Talk.Of("mine", "do it", "done"));
            await machine.SyncAsync();
        }

        await b.SyncAsync();
        var userId = Guid.Parse(first.Account.Current!.UserId);
        await first.Account.DeleteAsync(TestContext.Current.CancellationToken);
        Assert.False(File.Exists(first.Home.AuthPath));
        Assert.Null(first.Account.Current);
        Assert.Equal("0,0", await ScalarAsync("select concat_ws(',', (select count(*) from auth.users where id = $1), (select count(*) from auth.sessions where user_id = $1))", userId));
        Assert.Equal("0", await ScalarAsync("select count(*) from public.turns where user_id = $1", userId));

        // The other machine's token opens nothing, and nothing here is changed by that.
        var error = await Assert.ThrowsAsync<CloudRejectedException>(() => b.SyncAsync());
        Assert.Equal((403, "42501"), (error.Status, error.Code));
        using (var reader = b.Store.OpenReader())
        {
            Assert.Equal(2, CommitColumns.Find(reader, Device.CommitsOf(Talk.Of("mine", "x"))[0])!.TurnCount);
        }

        Assert.Equal(0, (await c.SyncAsync(verify: true)).Repaired);
        Assert.Equal(1, (await c.Engine.WeighAsync(TestContext.Current.CancellationToken)).Commits);

        using var returned = await cloud.SignInAsync(first.UserName);
        Assert.NotEqual(userId, Guid.Parse(returned.Account.Current!.UserId));
        using var d = new WireMachine(returned);
        Assert.Equal(0, (await d.SyncAsync()).Pulled);
    }

    private static (int Commits, int Machines, DateTimeOffset? WipedAt) Told(CloudWipe wipe) => (wipe.Commits, wipe.Machines, wipe.WipedAt);

    private async Task<string?> ScalarAsync(string sql, Guid user)
    {
        await using var command = cloud.Server.Database.CreateCommand(sql);
        command.Parameters.Add(new Npgsql.NpgsqlParameter { Value = user });
        return Convert.ToString(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken), System.Globalization.CultureInfo.InvariantCulture);
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

        public SyncEngine Engine => new(Store, _machine.Account.Connect(), Boundary.TakeOver);

        public Task<SyncResult> SyncAsync(bool verify = false) => Engine
            .SyncAsync(new SyncOptions { Verify = verify }, null, TestContext.Current.CancellationToken);

        public void Dispose() => Store.Dispose();
    }
}
