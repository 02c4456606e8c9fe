using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using CogCommit.Cloud.Tests.LocalCloud;
using CogCommit.LocalCloud.Realtime;

namespace CogCommit.Cloud.Tests.Realtime;

/// <summary>How long the local cloud keeps a listener: a cloud on a clock of its own.</summary>
public sealed class ConnectionLifeTests(PostgresFixture postgres) : ClockedCloudTests(postgres)
{
    // More than half of what a silent client is given: who speaks so often is kept.
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(50);

    [Fact]
    public async Task A_channel_ends_with_its_token_and_goes_on_where_a_new_one_was_sent()
    {
        var (topic, token) = await GrantAsync("listener");
        using var renewing = await JoinAsync(topic, token);
        using var forgetful = await JoinAsync(topic, token);
        for (var passed = TimeSpan.Zero; passed < TimeSpan.FromMinutes(58); passed += Step)
        {
            Clock.Advance(Step);
            await renewing.BeatAsync();
            await forgetful.BeatAsync();
        }

        var (_, renewed) = await GrantAsync("listener");
        await renewing.SayAsync(topic, "access_token", new JsonObject { ["access_token"] = renewed });
        await renewing.BeatAsync();
        var told = new List<JsonNode>();
        while (told.Count < 2)
        {
            Clock.Advance(Step);
            await renewing.BeatAsync();
            told.AddRange((await HeardAsync(forgetful)).Where(message => (string?)message["event"] != "phx_reply"));
        }

        Assert.Equal(["system", "phx_close"], told.Select(message => (string?)message["event"]));
        Assert.Equal(("error", "Token has expired"), ((string?)told[0]["payload"]!["status"], (string?)told[0]["payload"]!["message"]));
        // The connection lives, and with a token that is good it hears again.
        Assert.Equal("InvalidJWTToken: Token has expired", await forgetful.JoinAsync(topic, token));
        Assert.Null(await forgetful.JoinAsync(topic, renewed));
        await SendAsync(topic, 1);
        Assert.Equal("broadcast", (string?)(await renewing.NextAsync())["event"]);
        Assert.Equal("broadcast", (string?)(await forgetful.NextAsync())["event"]);
    }

    [Fact]
    public async Task Who_says_nothing_for_a_minute_is_left_and_who_speaks_is_not()
    {
        var (topic, token) = await GrantAsync("listener");
        using var silent = await JoinAsync(topic, token);
        using var speaking = await JoinAsync(topic, token);
        var end = silent.TryNextAsync();
        while (!end.IsCompleted)
        {
            Clock.Advance(Step);
            await speaking.BeatAsync();
        }

        await Assert.ThrowsAsync<WebSocketException>(() => end);
        await SendAsync(topic, 1);
        Assert.Equal("broadcast", (string?)(await speaking.NextAsync())["event"]);
    }

    [Fact]
    public async Task Who_does_not_read_is_left_and_keeps_nobody_waiting()
    {
        var (topic, token) = await GrantAsync("listener");
        using var deaf = await JoinAsync(topic, token);
        using var reading = await JoinAsync(topic, token);
        var (sent, heard) = (0, 0);
        // It holds what the sockets' own buffers hold, and then so many frames more.
        while (Server.Feed.Sessions.Count > 1)
        {
            Assert.True(sent < RealtimeLimits.Unread * 10, $"{sent} messages wait for one that reads none.");
            await SendAsync(topic, 50, bytes: 100_000);
            for (sent += 50; heard < sent; heard++)
            {
                Assert.Equal("broadcast", (string?)(await reading.NextAsync())["event"]);
            }
        }

        Assert.True(sent > RealtimeLimits.Unread, $"It was left after {sent} messages.");
        await reading.BeatAsync();
    }

    /// <summary>What comes until its heartbeat is answered.</summary>
    private static async Task<List<JsonNode>> HeardAsync(TopicClient client)
    {
        var beat = await client.SayAsync("phoenix", "heartbeat", new JsonObject());
        var heard = new List<JsonNode>();
        do
        {
            heard.Add(await client.NextAsync());
        }
        while ((string?)heard[^1]["ref"] != beat || (string?)heard[^1]["topic"] != "phoenix");
        return heard;
    }

    private async Task<(string Topic, string Token)> GrantAsync(string name)
    {
        var grant = await WireSignIn.GrantAsync(Server.Url, Server.AnonKey, Server.Secret, name);
        return (TopicClient.TopicOf(grant.GetProperty("user").GetProperty("id").GetGuid()), grant.GetProperty("access_token").GetString()!);
    }

    private async Task<TopicClient> JoinAsync(string topic, string token)
    {
        var client = await TopicClient.ConnectAsync(Server.Url, Server.AnonKey);
        Assert.Null(await client.JoinAsync(topic, token));
        return client;
    }

    /// <summary>As a trigger of the database would, in one transaction.</summary>
    private async Task SendAsync(string topic, int count, int bytes = 10)
    {
        await using var command = Server.Database.CreateCommand(string.Create(
            CultureInfo.InvariantCulture,
            $"select count(realtime.send(jsonb_build_object('n', n, 'filling', repeat('x', {bytes})), 'push', $1, true)::text) from generate_series(1, {count}) n"));
        command.Parameters.Add(new Npgsql.NpgsqlParameter { Value = topic["realtime:".Length..] });
        await command.ExecuteNonQueryAsync(Cancel);
    }
}
