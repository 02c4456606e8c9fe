using System.Security.Cryptography.X509Certificates;
using CogCommit.Cloud.Tests.Sync;
using CogCommit.Cloud.Tests.Wire;
using CogCommit.Core;
using CogCommit.Core.Capture;
using CogCommit.Core.Cloud;
using CogCommit.Core.Cloud.Auth;
using CogCommit.Core.Cloud.Http;
using CogCommit.Core.Store;
using CogCommit.Core.Sync;
using Microsoft.Extensions.Time.Testing;

namespace CogCommit.Cloud.Tests.Network;

/// <summary>
/// Two machines of one user: this one reaches the cloud through a proxy that does as the test says, the other one straight. Only this
/// one's wire runs on the test's clock.
/// </summary>
internal sealed class NetworkScene : IAsyncDisposable
{
    public static readonly CloudRetry Calls = new();

    // Two rows a request, and one push a page: so that a little history needs many requests.
    public static readonly BatchLimits Small = new(Rows: 2, Bytes: 1_000_000, RowBytes: 4 * 1024 * 1024);

    private readonly LocalCloudFixture _cloud;
    private readonly TestMachine _other;
    private readonly StoreFile _otherStore;
    private int _told;

    private NetworkScene(LocalCloudFixture cloud, EventClock clock, FaultyProxy proxy, TestMachine here, TestMachine other)
    {
        (_cloud, Clock, Proxy, Machine, _other) = (cloud, clock, proxy, here, other);
        // The database's clock refuses to be far behind a device's.
        Store = StoreFile.Open(here.Home, new FakeTimeProvider(DateTimeOffset.UtcNow.AddHours(-1)));
        _otherStore = StoreFile.Open(other.Home, new FakeTimeProvider(DateTimeOffset.UtcNow.AddHours(-1)));
        MachineIdentity.Of(Store);
        MachineIdentity.Of(_otherStore);
    }

    public EventClock Clock { get; }

    public FaultyProxy Proxy { get; }

    public TestMachine Machine { get; }

    public StoreFile Store { get; }

    public BatchLimits Limits { get; set; } = Small;

    /// <summary>How long something took on the test's clock.</summary>
    public TimeSpan Elapsed => Clock.GetUtcNow() - Clock.Start;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static EventClock NewClock() => new(
        Calls.PerTry, Calls.Total, CloudRetry.ForTokens.PerTry, CloudRetry.ForTokens.Total, TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(10));

    /// <param name="cloud">The real one, behind it all.</param>
    /// <param name="handler">Carries this machine's requests; null: the one that users have.</param>
    /// <param name="certificate">With one, this machine speaks https.</param>
    public static async Task<NetworkScene> StartAsync(
        LocalCloudFixture cloud, HttpMessageHandler? handler = null, X509Certificate2? certificate = null)
    {
        var clock = NewClock();
        var other = await cloud.NewUserAsync("hostile");
        var proxy = new FaultyProxy(cloud.Url, clock, certificate)
        {
            Rewrite = text => text.Replace("\"max_bytes\":1000000", "\"max_bytes\":1", StringComparison.Ordinal),
        };
        var here = new TestMachine(other.UserName, handler, clock);
        var scene = new NetworkScene(cloud, clock, proxy, here, other);
        await scene.SignInAsync();
        proxy.Forget();
        return scene;
    }

    public async Task SignInAsync()
    {
        var refreshToken = (await _cloud.GrantAsync(Machine.UserName)).GetProperty("refresh_token").GetString();
        await Machine.Account.SignInAsync(
            new SignInRequest { Url = Proxy.Url, AnonKey = _cloud.Server.AnonKey, RefreshToken = refreshToken }, new NoPrompt(), Cancel);
    }

    /// <summary>Something waits on both sides: three requests for what the other machine has sent, three for what is here.</summary>
    public async Task TellAsync()
    {
        var n = ++_told;
        Device.Import(_otherStore, Talk.Of($"there {n}", "do it", $"done {n}", "more"));
        await EngineOf(_otherStore, _other.Account, Small).SyncAsync(new SyncOptions(), null, Cancel);
        Import(Talk.Of($"here {n}", "do that", $"did {n}", "again"));
    }

    public void Import(Talk talk) => Device.Import(Store, talk);

    /// <summary>The access token's time is over, by this machine's clock.</summary>
    public void ExpireToken() => Clock.Advance(TimeSpan.FromHours(2));

    public Task<SyncResult> SyncAsync(bool verify = false) => Engine.SyncAsync(new SyncOptions { Verify = verify }, null, Cancel);

    public Task<SyncResult> PushAsync(PushOptions? options = null) => Engine.PushAsync(options ?? new PushOptions(), null, Cancel);

    /// <summary>Syncs while something is wrong: what the user reads of it, or null when it was made good by itself.</summary>
    public async Task<string?> ReadAsync(Func<Task<SyncResult>>? work = null)
    {
        try
        {
            var read = (await (work ?? (() => SyncAsync()))()).Offline ? LastError : null;
            AssertTellsNoSecret(read ?? "");
            return read;
        }
        catch (CogCommitException error)
        {
            Assert.Equal(error.Message, LastError);
            AssertTellsNoSecret(error.ToString());
            return error.Message;
        }
    }

    private void AssertTellsNoSecret(string text)
    {
        var session = new AuthFile(Machine.Home, TimeProvider.System).Read()!;
        foreach (var secret in new[] { session.AccessToken.Reveal(), session.RefreshToken.Reveal(), session.AnonKey, _cloud.Server.Secret })
        {
            Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
        }
    }

    public string? LastError => SyncStatusReader.Read(Store, null).LastError;

    private SyncEngine Engine => EngineOf(Store, Machine.Account, Limits);

    public string? StatusOf(Talk talk)
    {
        using var reader = Store.OpenReader();
        return CommitColumns.Find(reader, Device.CommitsOf(talk)[0])!.SyncStatus;
    }

    /// <summary>The network is well again: one sync completes, both machines hold the same rows, and it says so.</summary>
    public async Task AssertNothingLostAsync()
    {
        Proxy.Heal();
        var healed = await SyncAsync();
        Assert.Equal((false, 0, 0), (healed.Offline, healed.Failed, healed.Conflicts));
        Assert.Null(LastError);
        await EngineOf(_otherStore, _other.Account, Small).SyncAsync(new SyncOptions(), null, Cancel);
        Assert.Equal(SyncTests.Rows(_otherStore), SyncTests.Rows(Store));
    }

    /// <summary>And nothing is left to do, the digests agree, a machine that was never there gets the same, and no row is there twice.</summary>
    public async Task AssertWholeAsync()
    {
        await AssertNothingLostAsync();
        var again = await SyncAsync();
        Assert.Equal((1, 0, 0), (again.Requests, again.Pushed, again.Pulled));
        Assert.Equal(0, (await SyncAsync(verify: true)).Repaired);
        using var fresh = await _cloud.SignInAsync(Machine.UserName);
        using var store = StoreFile.Open(fresh.Home, Store.Clock);
        MachineIdentity.Of(store);
        await EngineOf(store, fresh.Account, Small).SyncAsync(new SyncOptions(), null, Cancel);
        Assert.Equal(SyncTests.Rows(Store), SyncTests.Rows(store));
        Assert.Equal(await CountInCloudAsync("turns"), SyncTests.Rows(Store).Count(row => row.StartsWith("turn ", StringComparison.Ordinal)));
    }

    public async Task<long> CountInCloudAsync(string table)
    {
#pragma warning disable CA2100 // Names of this class's own.
        await using var command = _cloud.Server.Database.CreateCommand($"select count(*) from public.{table} where user_id = $1");
#pragma warning restore CA2100
        command.Parameters.Add(new Npgsql.NpgsqlParameter { Value = Guid.Parse(Machine.Account.Current!.UserId) });
        return (long)(await command.ExecuteScalarAsync(Cancel))!;
    }

    public async ValueTask DisposeAsync()
    {
        Store.Dispose();
        _otherStore.Dispose();
        Machine.Dispose();
        _other.Dispose();
        await Proxy.DisposeAsync();
    }

    public static SyncEngine EngineOf(StoreFile store, CloudAccount account, BatchLimits limits) => new(store, account.Connect(), limits, Boundary.TakeOver);
}
