using System.Net.Http.Headers;
using System.Text.Json;
using CogCommit.Cloud.Tests.LocalCloud;
using CogCommit.Core.Cloud;
using CogCommit.LocalCloud;
using CogCommit.LocalCloud.Postgres;
using Npgsql;

[assembly: AssemblyFixture(typeof(CogCommit.Cloud.Tests.LocalCloudFixture))]

namespace CogCommit.Cloud.Tests;

/// <summary>One local cloud for all tests of this assembly, with the migrations applied. Tests keep apart by signing in as users of their own.</summary>
public sealed class LocalCloudFixture : IAsyncLifetime
{
    private readonly TestFolder _folder = new();
    private CloudServer? _server;

    public CloudServer Server => _server!;

    public Uri Url => Server.Url;

    /// <summary>Where its keys lie.</summary>
    public string DataFolder => _folder.Path;

    public async ValueTask InitializeAsync() => await StartAsync(null);

    /// <summary>As a fixture is started; by a test that wants a cloud for itself, on this database.</summary>
    public async Task StartAsync(string? postgres) => _server = await CloudServer.StartAsync(new CloudOptions
    {
        DataFolder = _folder.Path,
        Url = "http://127.0.0.1:0",
        PostgresConnection = postgres,
        Cluster = new ClusterOptions { Durable = false },
    });

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _folder.Dispose();
    }

    /// <summary>A machine on which this user is signed in. The name is made unlike any other test's.</summary>
    public async Task<TestMachine> NewUserAsync(string name = "user") => await SignInAsync(UniqueName(name));

    /// <summary>One more machine, on which the user of this name is signed in.</summary>
    public async Task<TestMachine> SignInAsync(string userName, HttpMessageHandler? handler = null, TimeProvider? clock = null)
    {
        var machine = new TestMachine(userName, handler, clock);
        await machine.Account.SignInAsync(
            new SignInRequest { Url = Url, AnonKey = Server.AnonKey, RefreshToken = (await GrantAsync(userName)).GetProperty("refresh_token").GetString() },
            new BrowserRobot(userName, Server.Secret),
            TestContext.Current.CancellationToken);
        return machine;
    }

    public static string UniqueName(string name) => $"{name}-{Guid.NewGuid().ToString("N")[..12]}";

    /// <summary>Signs in over the wire, without any of the client's code: the answer of /token.</summary>
    public Task<JsonElement> GrantAsync(string userName) => WireSignIn.GrantAsync(Url, Server.AnonKey, Server.Secret, userName);

    /// <summary>A client that carries the public key, and this access token if there is one. It follows no redirect.</summary>
    public HttpClient NewClient(string? accessToken)
    {
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = Url };
        client.DefaultRequestHeaders.Add("apikey", Server.AnonKey);
        if (accessToken is not null)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        }

        return client;
    }

    /// <summary>A client signed in as a new user, with that user's id.</summary>
    public async Task<(HttpClient Client, Guid UserId)> NewClientUserAsync(string name = "user")
    {
        var grant = await GrantAsync(UniqueName(name));
        return (NewClient(grant.GetProperty("access_token").GetString()), grant.GetProperty("user").GetProperty("id").GetGuid());
    }

    /// <summary>Runs SQL as the database's superuser, beside every policy.</summary>
    public async Task RunAsync(string sql, params object[] values)
    {
        await using var command = Server.Database.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await command.ExecuteNonQueryAsync();
    }
}
