using System.Net;
using System.Text.Json.Nodes;
using CogCommit.LocalCloud.Auth;
using CogCommit.LocalCloud.Postgres;
using CogCommit.LocalCloud.Realtime;
using CogCommit.LocalCloud.Rest;
using CogCommit.LocalCloud.Storage;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Npgsql;

namespace CogCommit.LocalCloud;

/// <summary>A running local cloud: its web server, and the private PostgreSQL below it where it made one.</summary>
public sealed class CloudServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly PrivateCluster? _cluster;
    private readonly NpgsqlDataSource _database;
    private readonly NpgsqlDataSource _callers;

    private CloudServer(
        WebApplication app, PrivateCluster? cluster, NpgsqlDataSource database, NpgsqlDataSource callers, string anonKey, string secret)
    {
        (_app, _cluster, _database, _callers, AnonKey, Secret) = (app, cluster, database, callers, anonKey, secret);
        Url = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    /// <summary>Where it answers.</summary>
    public Uri Url { get; }

    /// <summary>The public key that every request carries.</summary>
    public string AnonKey { get; }

    /// <summary>What the sign-in page asks for.</summary>
    public string Secret { get; }

    /// <summary>Who listens just now.</summary>
    internal MessageFeed Feed => _app.Services.GetRequiredService<MessageFeed>();

    /// <summary>Connections as the cloud itself, beside the wire.</summary>
    public NpgsqlDataSource Database => _database;

    public static async Task<CloudServer> StartAsync(CloudOptions options, TimeProvider? clock = null, CancellationToken cancellationToken = default)
    {
        clock ??= TimeProvider.System;
        var keys = CloudKeys.LoadOrCreate(options.DataFolder, options.Secret, clock);
        var cluster = options.PostgresConnection is null
            ? await PrivateCluster.StartAsync(Path.Combine(options.DataFolder, "postgres"), options.Cluster, cancellationToken)
            : null;
        NpgsqlDataSource? database = null, callers = null;
        WebApplication? app = null;
        try
        {
            database = NpgsqlDataSource.Create(options.PostgresConnection ?? cluster!.ConnectionString());
            await PrepareAsync(database, cancellationToken);
            // What a function says in its error's detail is for whoever called it. What a connection was told holds for one transaction alone
            // (CallerTransaction), so nothing is reset between two calls: that would throw away every plan, as PostgREST does not.
            callers = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(
                options.PostgresConnection ?? await CallersOf(cluster!, database, cancellationToken)) { IncludeErrorDetail = true, NoResetOnClose = true });
            var store = new AuthStore(database, clock);
            await store.PrepareAsync(cancellationToken);
            var tokens = new CloudTokens(keys, clock);
            var storage = new StorageServices(
                new ObjectRows(new RestDatabase(callers), database), tokens, new ObjectFiles(options.DataFolder, clock), new UnfinishedUploads(options.DataFolder, clock));
            await storage.SweepAsync(cancellationToken);
            app = Build(options, services => services
                .AddSingleton(clock)
                .AddSingleton(keys)
                .AddSingleton(tokens)
                .AddSingleton(store)
                .AddSingleton<SignInAttempts>()
                .AddSingleton(new Catalogue(database))
                .AddSingleton(new RestDatabase(callers))
                .AddSingleton(services => new MessageFeed(database, clock, services.GetRequiredService<ILogger<MessageFeed>>()))
                .AddHostedService(services => services.GetRequiredService<MessageFeed>())
                .AddSingleton(services => new RealtimeServices(services.GetRequiredService<MessageFeed>(), new TopicPolicy(database), tokens, clock))
                .AddSingleton(storage));
            await app.StartAsync(cancellationToken);
            return new CloudServer(app, cluster, database, callers, tokens.AnonKey, keys.Secret);
        }
        catch
        {
            await Stop(app, callers, database, cluster);
            throw;
        }
    }

    /// <summary>Returns when the process is told to end.</summary>
    public Task WaitForShutdownAsync() => _app.WaitForShutdownAsync();

    /// <summary>Lets <see cref="WaitForShutdownAsync"/> return.</summary>
    public void RequestShutdown() => _app.Lifetime.StopApplication();

    public ValueTask DisposeAsync() => Stop(_app, _callers, _database, _cluster);

    /// <summary>What Supabase gives, then the migrations, as the role that runs them there: no superuser.</summary>
    private static async Task PrepareAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await SupabaseBase.ApplyAsync(connection, cancellationToken);
        await using (var command = new NpgsqlCommand($"set role {SupabaseBase.MigrationRole}", connection))
        {
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        await Migrations.ApplyAsync(connection, cancellationToken);
    }

    /// <summary>Callers' statements come in as the role authenticator: it can do nothing but become anon or authenticated.</summary>
    private static async Task<string> CallersOf(PrivateCluster cluster, NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        var password = CloudKeys.RandomText(24);
        await using var command = database.CreateCommand($"alter role authenticator password '{password}'");
        await command.ExecuteNonQueryAsync(cancellationToken);
        return new NpgsqlConnectionStringBuilder(cluster.ConnectionString(user: "authenticator")) { Password = password }.ConnectionString;
    }

    private static async ValueTask Stop(params IAsyncDisposable?[] parts)
    {
        if (parts[0] is WebApplication app)
        {
            await app.StopAsync();
        }

        foreach (var part in parts.OfType<IAsyncDisposable>())
        {
            await part.DisposeAsync();
        }
    }

    private static WebApplication Build(CloudOptions options, Action<IServiceCollection> addServices)
    {
        // Empty: no settings file in the working folder and no variable of somebody's environment changes what is served.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 64 * 1024 * 1024;
        });
        builder.WebHost.UseUrls(options.Url);
        builder.Logging.SetMinimumLevel(LogLevel.Warning)
            .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.AddRoutingCore();
        builder.Services.AddHostFiltering(filter => filter.AllowedHosts = AllowedHosts(options));
        addServices(builder.Services);

        var app = builder.Build();
        app.UseHostFiltering();
        app.UseRouting();
        app.Use(ApiKey.Check);
        app.UseWebSockets();
        app.MapGet("/health", () => Results.Json(new JsonObject { ["status"] = "ok" }));
        AuthorizeEndpoints.Map(app);
        SessionEndpoints.Map(app);
        var rest = app.MapGroup("/rest/v1");
        rest.AddEndpointFilter(RestErrors.Catch);
        rest.AddEndpointFilter(RestProfile.Check);
        RpcEndpoint.Map(rest);
        TableEndpoint.Map(rest);
        ObjectEndpoints.Map(app);
        ResumableEndpoints.Map(app);
        RealtimeEndpoint.Map(app);
        return app;
    }

    /// <summary>A page of another site that points its own name at this machine (DNS rebinding) sends that name, and gets nothing.</summary>
    private static List<string> AllowedHosts(CloudOptions options)
    {
        var host = new Uri(options.Url.Replace("*", "0.0.0.0", StringComparison.Ordinal).Replace("+", "0.0.0.0", StringComparison.Ordinal)).Host;
        List<string> hosts = ["127.0.0.1", "localhost", "[::1]", .. options.AllowedHosts];
        if (IPAddress.TryParse(host.Trim('[', ']'), out var ip) && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any)))
        {
            return hosts;
        }

        hosts.Add(host);
        return hosts;
    }
}
