using System.Net.WebSockets;
using System.Text.Json.Nodes;
using CogCommit.Cloud.Tests.Sql;

namespace CogCommit.Cloud.Tests.Realtime;

/// <summary>The local cloud's /realtime/v1/websocket, frame by frame.</summary>
public sealed class WebsocketTests(LocalCloudFixture cloud)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("1.0.0")]
    [InlineData("2.0.0")]
    public async Task One_push_of_a_thousand_commits_is_one_message_and_an_unchanged_push_none(string version)
    {
        using var user = await TopicUser.NewAsync(cloud);
        using var client = await ConnectAsync(version);
        Assert.Null(await client.JoinAsync(user.Topic, user.Token));
        // Without turns, for a thousand that count are more than the quota.
        var many = Batch.Of(Enumerable.Range(0, 1000).Select(_ => Batch.Commit(Batch.NewId(), Batch.Captured(but: row => row["turn_count"] = 0))));
        var (seq, accepted) = await user.PushAsync(many);
        Assert.Equal(1000, accepted);
        var told = await client.NextAsync();
        Assert.Equal((user.Topic, "broadcast", "push"), ((string?)told["topic"], (string?)told["event"], (string?)told["payload"]!["event"]));
        Assert.Equal(seq, (long)told["payload"]!["payload"]!["seq"]!);
        Assert.Equal(36, ((string)told["payload"]!["payload"]!["push_id"]!).Length);

        many["push_id"] = Batch.NewId();
        Assert.Equal((seq, 0), await user.PushAsync(many));
        // The next message is that of the next push that changes something: nothing came between.
        var next = await user.PushAsync();
        Assert.Equal(seq + 1, next);
        Assert.Equal(next, (long)(await client.NextAsync())["payload"]!["payload"]!["seq"]!);
        await client.BeatAsync();
    }

    [Theory]
    [InlineData("1.0.0")]
    [InlineData("2.0.0")]
    public async Task Heartbeats_joins_and_leaves_are_answered(string version)
    {
        using var user = await TopicUser.NewAsync(cloud);
        using var client = await ConnectAsync(version);
        await client.BeatAsync();
        Assert.Equal("unmatched topic", (string?)(await client.AskAsync(user.Topic, "broadcast", new JsonObject()))["response"]!["reason"]);
        var joined = await client.AskAsync(user.Topic, "phx_join", TopicClient.Config(user.Token));
        Assert.Equal("""{"status":"ok","response":{"postgres_changes":[]}}""", joined.ToJsonString());
        Assert.Equal("""{"status":"ok","response":{}}""", (await client.AskAsync(user.Topic, "phx_leave", new JsonObject())).ToJsonString());
        Assert.Equal("phx_close", (string?)(await client.NextAsync())["event"]);
        await user.PushAsync();
        using var witness = await WitnessAsync(user);
        await user.PushAsync();
        await witness.NextAsync();
        await client.BeatAsync();
    }

    [Fact]
    public async Task Who_asks_is_told_when_messages_flow()
    {
        using var user = await TopicUser.NewAsync(cloud);
        using var client = await ConnectAsync();
        var join = TopicClient.Config(user.Token);
        join["config"]!["broadcast"]!["replication_ready"] = true;
        await client.AskAsync(user.Topic, "phx_join", join);
        var system = await client.NextAsync();
        Assert.Equal(
            $$"""{"extension":"system","status":"ok","message":"Replication connection established","channel":"user:{{user.Id}}"}""", system["payload"]!.ToJsonString());
        Assert.Equal((user.Topic, "system", null), ((string?)system["topic"], (string?)system["event"], (string?)system["ref"]));
    }

    [Fact]
    public async Task Who_joins_again_leaves_first_and_hears_each_push_once()
    {
        using var user = await TopicUser.NewAsync(cloud);
        using var client = await ConnectAsync();
        Assert.Null(await client.JoinAsync(user.Topic, user.Token));
        await client.SayAsync(user.Topic, "phx_join", TopicClient.Config(user.Token));
        var closed = await client.NextAsync();
        Assert.Equal(("phx_close", "1"), ((string?)closed["event"], (string?)closed["ref"]));
        Assert.Equal("ok", (string?)(await client.NextAsync())["payload"]!["status"]);
        await user.PushAsync();
        Assert.Equal("broadcast", (string?)(await client.NextAsync())["event"]);
        await client.BeatAsync();
    }

    [Fact]
    public async Task Only_private_topics_are_joined_and_nothing_is_sent_by_clients()
    {
        using var user = await TopicUser.NewAsync(cloud);
        using var client = await ConnectAsync();
        using var witness = await WitnessAsync(user);
        foreach (var payload in new[] { TopicClient.Config(user.Token, false), TopicClient.Config(user.Token, "yes"), TopicClient.Config(user.Token, new JsonArray()), new JsonObject { ["access_token"] = user.Token }, new JsonObject { ["config"] = "private" } })
        {
            Assert.Equal("PrivateOnly: This project only allows private channels", (string?)(await client.AskAsync(user.Topic, "phx_join", payload))["response"]!["reason"]);
        }

        Assert.Equal("TopicNameRequired: You must provide a topic name", await client.JoinAsync("realtime:", user.Token));
        Assert.Equal("unmatched topic", await client.JoinAsync("user:" + user.Id, user.Token));
        Assert.Null(await client.JoinAsync(user.Topic, user.Token));
        await client.SayAsync(user.Topic, "broadcast", new JsonObject { ["type"] = "broadcast", ["event"] = "push", ["payload"] = new JsonObject { ["seq"] = 99 } });
        await client.SayAsync(user.Topic, "presence", new JsonObject { ["type"] = "presence", ["event"] = "track", ["payload"] = new JsonObject() });
        await client.SendAsync([3, 0, 0, 1, 1, 0, 1, 97, 97], WebSocketMessageType.Binary);
        await client.BeatAsync();
        await user.PushAsync();
        Assert.Equal(1, (long)(await witness.NextAsync())["payload"]!["payload"]!["seq"]!);
    }

    [Fact]
    public async Task A_new_token_of_the_user_keeps_the_channel_and_another_s_ends_it()
    {
        using var user = await TopicUser.NewAsync(cloud);
        using var other = await TopicUser.NewAsync(cloud);
        using var client = await ConnectAsync();
        Assert.Null(await client.JoinAsync(user.Topic, user.Token));
        var renewed = Attacks.SignedToken.Make(Attacks.SignedToken.Payload(user.Id), Attacks.SignedToken.KeyOf(cloud));
        await client.SayAsync(user.Topic, "access_token", new JsonObject { ["access_token"] = renewed });
        await client.SayAsync(user.Topic, "access_token", new JsonObject { ["access_token"] = null });
        await client.SayAsync(user.Topic, "access_token", new JsonObject { ["access_token"] = renewed });
        await client.BeatAsync();
        await user.PushAsync();
        Assert.Equal("broadcast", (string?)(await client.NextAsync())["event"]);

        await client.SayAsync(user.Topic, "access_token", new JsonObject { ["access_token"] = other.Token });
        var system = await client.NextAsync();
        Assert.Equal(("system", "error", $"You do not have permissions to read from this Channel topic: user:{user.Id}"), ((string?)system["event"], (string?)system["payload"]!["status"], (string?)system["payload"]!["message"]));
        var closed = await client.NextAsync();
        Assert.Equal(("phx_close", "1"), ((string?)closed["event"], (string?)closed["ref"]));
        using var witness = await WitnessAsync(user);
        await user.PushAsync();
        await user.PushAsync();
        await witness.NextAsync();
        await witness.NextAsync();
        await client.BeatAsync();
    }

    [Fact]
    public async Task A_hundred_and_first_topic_is_refused_and_a_left_one_makes_room()
    {
        using var user = await TopicUser.NewAsync(cloud);
        // Each must be one's own, so one session gets them from beside the policy.
        await cloud.RunAsync("create policy \"test: many topics\" on realtime.messages for select to authenticated using ((select realtime.topic()) like 'many:%')");
        try
        {
            using var client = await ConnectAsync();
            for (var i = 0; i < 100; i++)
            {
                Assert.Null(await client.JoinAsync($"realtime:many:{i}", user.Token));
            }

            Assert.Equal("ChannelRateLimitReached: Too many channels", await client.JoinAsync(user.Topic, user.Token));
            await client.AskAsync("realtime:many:7", "phx_leave", new JsonObject());
            Assert.Equal("phx_close", (string?)(await client.NextAsync())["event"]);
            Assert.Null(await client.JoinAsync(user.Topic, user.Token));
        }
        finally
        {
            await cloud.RunAsync("drop policy \"test: many topics\" on realtime.messages");
        }
    }

    [Fact]
    public async Task A_frame_of_64_KB_is_read_and_a_larger_one_ends_the_connection()
    {
        using var client = await ConnectAsync();
        static string Padded(int bytes)
        {
            const string Frame = """{"topic":"phoenix","event":"heartbeat","ref":"1","payload":{"x":"@"}}""";
            return Frame.Replace("@", new string('x', bytes - Frame.Length + 1), StringComparison.Ordinal);
        }

        await client.SendAsync(Padded(64 * 1024));
        Assert.Equal("phx_reply", (string?)(await client.NextAsync())["event"]);
        await client.SendAsync(Padded((64 * 1024) + 1));
        Assert.Null(await client.TryNextAsync());
        Assert.Equal(WebSocketCloseStatus.MessageTooBig, client.Closed);
    }

    public static TheoryData<string, string> Garbage => new()
    {
        { "1.0.0", "" }, { "1.0.0", "x" }, { "1.0.0", "[]" }, { "1.0.0", "{}" }, { "1.0.0", "null" }, { "1.0.0", """["1","1","phoenix","heartbeat",{}]""" },
        { "1.0.0", """{"topic":"phoenix"}""" }, { "1.0.0", """{"topic":"\ud800","event":"phx_join"}""" }, { "1.0.0", """{"topic":"a","topic":"b","event":"x"}""" },
        { "1.0.0", new string('[', 1000) }, { "2.0.0", "[]" }, { "2.0.0", """["1","1","phoenix","heartbeat"]""" }, { "2.0.0", """{"topic":"phoenix","event":"heartbeat","ref":"1"}""" },
        { "2.0.0", """["1","1",[],{},{}]""" },
    };

    [Theory]
    [MemberData(nameof(Garbage))]
    public async Task What_is_no_message_ends_the_connection(string version, string text)
    {
        using var client = await ConnectAsync(version);
        await client.SendAsync(text);
        Assert.Null(await client.TryNextAsync());
        Assert.Equal(WebSocketCloseStatus.InvalidPayloadData, client.Closed);
    }

    [Theory]
    [InlineData("""{"topic":"realtime:user:x\u0000","event":"phx_join","ref":"1","payload":{"config":{"private":true}}}""")]
    [InlineData("""{"topic":"realtime:a","event":"phx_join","ref":"1","payload":{"config":{"private":true},"access_token":"\ud800"}}""")]
    [InlineData("""{"topic":"realtime:a","event":"phx_join","ref":1,"payload":{"config":{"private":"true","broadcast":[]},"access_token":{},"user_token":7}}""")]
    [InlineData("""{"topic":"realtime:a","event":"phx_join","ref":null,"payload":{"config":{"private":true},"access_token":"sb_publishable_x"}}""")]
    [InlineData("""{"topic":"realtime:a","event":"phx_join","payload":7}""")]
    [InlineData("""{"topic":"realtime:a","event":"access_token","payload":[]}""")]
    public async Task An_odd_message_is_refused_and_the_connection_lives(string text)
    {
        using var client = await ConnectAsync();
        await client.SendAsync(text);
        Assert.Equal("error", (string?)(await client.NextAsync())["payload"]!["status"]);
        await client.BeatAsync();
    }

    [Fact]
    public async Task Without_the_key_a_known_host_and_a_known_version_there_is_no_websocket()
    {
        var key = cloud.Server.AnonKey;
        Assert.Equal(401, await TopicClient.RefusedAsync(cloud.Url, "/realtime/v1/websocket?vsn=1.0.0"));
        Assert.Equal(401, await TopicClient.RefusedAsync(cloud.Url, $"/realtime/v1/websocket?apikey={key}x&vsn=1.0.0"));
        Assert.Equal(400, await TopicClient.RefusedAsync(cloud.Url, $"/realtime/v1/websocket?apikey={key}&vsn=1.0.0", "evil.example"));
        Assert.Equal(403, await TopicClient.RefusedAsync(cloud.Url, $"/realtime/v1/websocket?apikey={key}&vsn=3.0.0"));
        using var http = cloud.NewClient(null);
        Assert.Equal(426, (int)(await http.GetAsync("/realtime/v1/websocket", Cancel)).StatusCode);
        // Without a version it is the first, as with Supabase.
        using var old = await TopicClient.ConnectAsync(cloud.Url, key, "");
        await old.BeatAsync();
    }

    [Fact]
    public async Task A_message_that_is_not_private_or_no_broadcast_is_told_to_nobody()
    {
        using var user = await TopicUser.NewAsync(cloud);
        using var client = await WitnessAsync(user);
        await cloud.RunAsync("select realtime.send('{\"seq\": 1}', 'push', $1, false)", "user:" + user.Id);
        await cloud.RunAsync("insert into realtime.messages (topic, extension, private, event, payload) values ($1, 'presence', true, 'push', '{}'), ($1, 'broadcast', true, 'push', '[]'), ($1, 'broadcast', true, null, '{}')", "user:" + user.Id);
        await cloud.RunAsync("select pg_notify('realtime', 'no uuid'), pg_notify('realtime', gen_random_uuid()::text)");
        await cloud.RunAsync("select realtime.send('{\"seq\": 2}', 'é😀', $1, true)", "user:" + user.Id);
        var told = await client.NextAsync();
        Assert.Equal(("é😀", 2), ((string?)told["payload"]!["event"], (int)told["payload"]!["payload"]!["seq"]!));
    }

    private Task<TopicClient> ConnectAsync(string version = "1.0.0") => TopicClient.ConnectAsync(cloud.Url, cloud.Server.AnonKey, version);

    private async Task<TopicClient> WitnessAsync(TopicUser user)
    {
        var witness = await ConnectAsync();
        Assert.Null(await witness.JoinAsync(user.Topic, user.Token));
        return witness;
    }
}
