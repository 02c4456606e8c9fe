using CogCommit.Core.Cloud.Realtime;

namespace CogCommit.Cloud.Tests.Realtime;

/// <summary>Where Realtime loses its database. A cloud and a database of its own, for everybody who listens there loses the line.</summary>
public sealed class LostDatabaseTests(PostgresFixture postgres) : IAsyncLifetime
{
    private readonly LocalCloudFixture cloud = new();

    public async ValueTask InitializeAsync() => await cloud.StartAsync(await postgres.NewDatabaseAsync());

    public ValueTask DisposeAsync() => cloud.DisposeAsync();

    [Fact]
    public async Task When_the_database_breaks_off_every_channel_is_closed_and_can_be_joined_again()
    {
        using var user = await TopicUser.NewAsync(cloud);
        using var client = await TopicClient.ConnectAsync(cloud.Url, cloud.Server.AnonKey, "1.0.0");
        Assert.Null(await client.JoinAsync(user.Topic, user.Token));
        await LoseDatabaseAsync();
        var system = await client.NextAsync();
        Assert.Equal(("system", "Realtime was unable to connect to the project database"), ((string?)system["event"], (string?)system["payload"]!["message"]));
        Assert.Equal("phx_close", (string?)(await client.NextAsync())["event"]);
        string? refusal;
        while ((refusal = await client.JoinAsync(user.Topic, user.Token)) is not null)
        {
            Assert.Equal("UnableToConnectToProject: Realtime was unable to connect to the project database", refusal);
        }

        await user.PushAsync();
        Assert.Equal("broadcast", (string?)(await client.NextAsync())["event"]);
    }

    [Fact]
    public async Task Where_the_cloud_loses_its_database_the_device_is_told_and_joins_again()
    {
        using var machine = await cloud.NewUserAsync("hearing");
        await using var ear = new Ear(machine.Account.Listen());
        Assert.Equal(NudgeKind.Joined, (await ear.NextAsync()).Kind);

        await LoseDatabaseAsync();
        var lost = await ear.NextAsync();
        Assert.Equal(NudgeKind.Lost, lost.Kind);
        Assert.NotNull(lost.NextTry);
        Assert.DoesNotContain(cloud.Server.AnonKey, lost.Reason, StringComparison.Ordinal);
        Nudge next;
        while ((next = await ear.NextAsync()).Kind == NudgeKind.Lost)
        {
            ear.Nudges.TryNow();
        }

        Assert.Equal(NudgeKind.Joined, next.Kind);
        using var other = await TopicUser.OnAnotherDeviceAsync(cloud, machine);
        await other.PushAsync();
        Assert.Equal(NudgeKind.Pushed, (await ear.NextAsync()).Kind);
    }

    private Task LoseDatabaseAsync() => cloud.RunAsync(
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'cogcommit realtime' and datname = current_database()");
}
