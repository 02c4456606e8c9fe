using CogCommit.Cloud.Tests.Network;
using CogCommit.Cloud.Tests.Wire;
using CogCommit.Core.Cloud;
using CogCommit.Core.Cloud.Http;

namespace CogCommit.Cloud.Tests.Storage;

/// <summary>Two machines of one user: this one reaches the cloud through a proxy that does as the test says, the other one straight.</summary>
internal sealed class PictureScene : IAsyncDisposable
{
    private PictureScene(LocalCloudFixture cloud, FaultyProxy proxy, PictureMachine here, PictureMachine there) =>
        (Cloud, Proxy, Here, There) = (cloud, proxy, here, there);

    public LocalCloudFixture Cloud { get; }

    public FaultyProxy Proxy { get; }

    public PictureMachine Here { get; }

    public PictureMachine There { get; }

    public Guid UserId => Guid.Parse(There.Machine.Account.Current!.UserId);

    /// <summary>What was said to Storage, but for questions.</summary>
    public IEnumerable<ProxiedRequest> Sent => Proxy.Requests.Where(request => request.Target.StartsWith("/storage/", StringComparison.Ordinal) && request.Method is "POST" or "PATCH");

    /// <summary>The parts of resumable uploads: where each begins, and how long it is.</summary>
    public IEnumerable<(long Offset, int Length)> Parts =>
        Proxy.Requests.Where(request => request.Method == "PATCH").Select(request => (long.Parse(request.Header("Upload-Offset")!, System.Globalization.CultureInfo.InvariantCulture), request.Body.Length));

    public static async Task<PictureScene> StartAsync(LocalCloudFixture cloud)
    {
        var calls = new CloudRetry();
        var (tokens, pictures) = (CloudRetry.ForTokens, CloudRetry.ForPictures);
        var clock = new EventClock(calls.PerTry, calls.Total, tokens.PerTry, tokens.Total, pictures.PerTry, pictures.Total, TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(10));
        var there = await cloud.NewUserAsync("pictures");
        var proxy = new FaultyProxy(cloud.Url, clock);
        var here = new TestMachine(there.UserName, null, clock);
        var refreshToken = (await cloud.GrantAsync(here.UserName)).GetProperty("refresh_token").GetString();
        await here.Account.SignInAsync(
            new SignInRequest { Url = proxy.Url, AnonKey = cloud.Server.AnonKey, RefreshToken = refreshToken }, new NoPrompt(), TestContext.Current.CancellationToken);
        proxy.Forget();
        return new PictureScene(cloud, proxy, new PictureMachine(here), new PictureMachine(there));
    }

    /// <summary>Where the cloud keeps the bytes of an object.</summary>
    public async Task<string> FileOfAsync(string path) => Path.Combine(Cloud.DataFolder, "objects", Guid.Parse((await ScalarAsync("select version from storage.objects where name = $1", path))!).ToString("N"));

    /// <summary>The paths of all objects of this user.</summary>
    public async Task<string> ObjectsAsync() => await ScalarAsync("select coalesce(string_agg(name, ',' order by name), '') from storage.objects where name like $1 || '/%'", UserId.ToString()) ?? "";

    public async Task<string?> ScalarAsync(string sql, params object[] values)
    {
#pragma warning disable CA2100 // The tests' own SQL.
        await using var command = Cloud.Server.Database.CreateCommand(sql);
#pragma warning restore CA2100
        foreach (var value in values)
        {
            command.Parameters.Add(new Npgsql.NpgsqlParameter { Value = value });
        }

        return Convert.ToString(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken), System.Globalization.CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        Here.Dispose();
        There.Dispose();
        await Proxy.DisposeAsync();
    }
}
