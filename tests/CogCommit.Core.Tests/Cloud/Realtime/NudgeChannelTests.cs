using CogCommit.Core.Cloud.Realtime;

namespace CogCommit.Core.Tests.Cloud.Realtime;

/// <summary>The conversation with Supabase Realtime, step by step.</summary>
public sealed class NudgeChannelTests
{
    [Fact]
    public void It_opens_at_once_and_joins_the_user_s_private_topic_with_the_token()
    {
        var scene = new ChannelScene();
        scene.Tick();
        Assert.Equal(ChannelActKind.Open, Assert.Single(scene.Acts).Kind);
        scene.Opened("the token");
        Assert.Equal(
            """
            {"topic":"realtime:user:5f0c8c9e-0000-4000-8000-000000000001","event":"phx_join","payload":{"config":{"broadcast":{"ack":false,"self":false,"replication_ready":true},"presence":{"enabled":false},"postgres_changes":[],"private":true},"access_token":"the token"},"ref":"1","join_ref":"1"}
            """,
            scene.LastSent.ToJsonString());
        Assert.Empty(scene.Told);
        scene.Reply(scene.JoinRef);
        Assert.Empty(scene.Told);
        scene.System("ok", "Replication connection established");
        Assert.Equal([new Nudge(NudgeKind.Joined)], scene.Told);
    }

    [Fact]
    public void A_server_that_does_not_say_when_messages_flow_counts_as_joined_after_three_seconds()
    {
        var scene = new ChannelScene();
        scene.Tick();
        scene.Opened();
        scene.Reply(scene.JoinRef);
        scene.PassAlive(TimeSpan.FromSeconds(2.9));
        Assert.Empty(scene.Told);
        scene.PassAlive(TimeSpan.FromSeconds(0.1));
        Assert.Equal([new Nudge(NudgeKind.Joined)], scene.Told);
        scene.System("ok", "Replication connection established");
        Assert.Single(scene.Told);
    }

    [Fact]
    public void A_push_is_told_with_its_number_and_name()
    {
        var scene = ChannelScene.Joined();
        scene.Push(41);
        scene.Push(42);
        Assert.Equal([new Nudge(NudgeKind.Joined), new Nudge(NudgeKind.Pushed) { Seq = 41, PushId = "p41" }, new Nudge(NudgeKind.Pushed) { Seq = 42, PushId = "p42" }], scene.Told);
    }

    [Fact]
    public void A_push_that_comes_before_the_server_says_that_messages_flow_shows_that_they_do()
    {
        var scene = new ChannelScene();
        scene.Tick();
        scene.Opened();
        scene.Push(1);
        Assert.Empty(scene.Told);
        scene.Reply(scene.JoinRef);
        scene.Push(2);
        Assert.Equal([NudgeKind.Joined, NudgeKind.Pushed], scene.Told.Select(nudge => nudge.Kind));
    }

    [Theory]
    [InlineData("""{"type":"broadcast","event":"push","payload":{"seq":"41","push_id":7}}""", null, "7")]
    [InlineData("""{"type":"broadcast","event":"push","payload":{"seq":1e400,"push_id":{}}}""", null, null)]
    [InlineData("""{"type":"broadcast","event":"push","payload":{"seq":1.5,"push_id":"\ud800"}}""", null, null)]
    [InlineData("""{"type":"broadcast","event":"push","payload":[]}""", null, null)]
    [InlineData("""{"event":"push"}""", null, null)]
    [InlineData("""{"event":"push","payload":{"seq":-9223372036854775808}}""", long.MinValue, null)]
    public void A_push_that_is_oddly_told_is_a_push_all_the_same(string payload, long? seq, string? pushId)
    {
        var scene = ChannelScene.Joined();
        scene.Receive(ChannelScene.Topic, "broadcast", null, payload);
        Assert.Equal(new Nudge(NudgeKind.Pushed) { Seq = seq, PushId = pushId }, scene.Told.Last());
    }

    public static TheoryData<string> NothingToUs => new()
    {
        "", "x", "[]", "null", "1", "{}", """{"topic":1,"event":2}""", """{"topic":null,"event":"phx_close"}""", "\u0001", """{"topic":"realtime:user:5f0c8c9e-0000-4000-8000-000000000001"}""",
        Frame("phx_close", "0"), Frame("phx_close", "99"), Frame("phx_error", "99"), Frame("phx_reply", "1"), Frame("phx_reply", "99"), Frame("phx_reply", null),
        Frame("broadcast", null), Frame("broadcast", null, """{"event":"pushed"}"""), Frame("broadcast", null, """{"event":{"a":1}}"""), Frame("broadcast", null, "[]"), Frame("broadcast", null, "null"),
        Frame("system", null), Frame("system", null, """{"extension":"postgres_changes","status":"error","message":"x"}"""), Frame("system", null, """{"extension":"system","status":"ok"}"""),
        Frame("presence_state", null), Frame("phx_join", "1"), Frame("something else", "1"), Frame("\\ud800", null),
        """{"topic":"realtime:user:another","event":"broadcast","payload":{"event":"push"}}""", """{"topic":"realtime:user:another","event":"phx_close","payload":{}}""",
        """{"topic":"user:5f0c8c9e-0000-4000-8000-000000000001","event":"broadcast","payload":{"event":"push"}}""", """{"topic":"phoenix","event":"phx_reply","ref":"1","payload":{"status":"ok"}}""",
        """{"topic":"phoenix","event":"phx_reply","ref":null,"payload":{"status":"error"}}""", """{"topic":"phoenix","event":"phx_close","payload":{}}""",
    };

    private static string Frame(string name, string? reference, string payload = "{}") =>
        $$"""{"topic":"{{ChannelScene.Topic}}","event":"{{name}}","ref":{{(reference is null ? "null" : $"\"{reference}\"")}},"payload":{{payload}}}""";

    [Theory]
    [MemberData(nameof(NothingToUs))]
    public void What_is_late_doubled_foreign_or_no_message_does_nothing(string text)
    {
        var scene = ChannelScene.Joined();
        var (before, due) = (scene.Acts.Count, scene.Channel.Due);
        scene.Receive(text);
        Assert.Equal(before, scene.Acts.Count);
        Assert.Equal(due, scene.Channel.Due);
        scene.Push(7);
        Assert.Equal(7, scene.Told.Last().Seq);
    }

    [Fact]
    public void A_heartbeat_goes_out_every_25_seconds_and_an_answered_one_keeps_the_channel()
    {
        var scene = ChannelScene.Joined();
        var start = scene.Acts.Count;
        scene.PassAlive(TimeSpan.FromMinutes(10));
        var sent = scene.Acts.Skip(start).ToList();
        Assert.Equal(24, sent.Count);
        Assert.All(sent, act => Assert.Contains("""{"topic":"phoenix","event":"heartbeat","payload":{},"ref":""", act.Frame!.Reveal(), StringComparison.Ordinal));
        Assert.Equal(24, sent.Select(act => act.Frame!.Reveal()).Distinct().Count());
    }

    [Fact]
    public void A_heartbeat_that_is_not_answered_within_ten_seconds_ends_the_connection()
    {
        var scene = ChannelScene.Joined();
        scene.Pass(TimeSpan.FromSeconds(34.9));
        Assert.Single(scene.Told);
        scene.Pass(TimeSpan.FromSeconds(0.1));
        Assert.Equal(ChannelActKind.Drop, scene.Acts[^2].Kind);
        Assert.Equal("The cloud does not answer any more.", scene.Told.Last().Reason);
        Assert.InRange(scene.Told.Last().NextTry!.Value - scene.Now, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1));
        // An answer that comes now is one of a connection that is gone.
        scene.Receive("phoenix", "phx_reply", "2", """{"status":"ok"}""");
        scene.Reply(scene.JoinRef);
        Assert.Equal(NudgeKind.Lost, scene.Told.Last().Kind);
    }

    [Fact]
    public void A_join_that_is_not_answered_is_given_up_and_tried_again()
    {
        var scene = new ChannelScene();
        scene.Tick();
        scene.Opened();
        scene.Pass(TimeSpan.FromSeconds(10));
        Assert.Equal("The cloud did not answer when asked to join.", Assert.Single(scene.Told).Reason);
        scene.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal(2, scene.Count(ChannelActKind.Open));
    }

    [Fact]
    public void A_connection_that_is_not_made_within_a_minute_is_given_up()
    {
        var scene = new ChannelScene();
        scene.Tick();
        scene.Pass(TimeSpan.FromSeconds(60));
        Assert.Equal([ChannelActKind.Open, ChannelActKind.Drop, ChannelActKind.Tell], scene.Acts.Select(act => act.Kind));
    }

    [Theory]
    [InlineData("phx_close")]
    [InlineData("phx_error")]
    public void A_channel_that_the_server_closes_is_joined_again(string name)
    {
        foreach (var named in new[] { true, false })
        {
            var scene = ChannelScene.Joined();
            scene.Receive(ChannelScene.Topic, name, named ? scene.JoinRef : null, "{}");
            Assert.Equal(NudgeKind.Lost, scene.Told.Last().Kind);
            scene.Pass(TimeSpan.FromSeconds(1));
            scene.Join();
            Assert.Equal([NudgeKind.Joined, NudgeKind.Lost, NudgeKind.Joined], scene.Told.Select(nudge => nudge.Kind));
        }
    }

    [Fact]
    public void What_the_server_says_before_it_closes_is_the_reason_and_its_close_is_not_told_twice()
    {
        var scene = ChannelScene.Joined();
        scene.System("error", "Token has expired 3 seconds ago");
        scene.Receive(ChannelScene.Topic, "phx_close", scene.JoinRef, "{}");
        Assert.Equal("The cloud closed the channel: Token has expired 3 seconds ago.", Assert.Single(scene.Told, nudge => nudge.Kind == NudgeKind.Lost).Reason);
    }

    [Fact]
    public void A_reason_is_one_line_not_long_and_never_shows_the_token()
    {
        var scene = new ChannelScene();
        scene.Tick();
        scene.Opened("header-header-header.payload-payload-payload.signature");
        scene.Reply(scene.JoinRef, "error", """{"reason":"Odd: payload-payload-payload\n\u0007\ud800header-header-header.payload-payload-payload.signature """ + new string('x', 1000) + "\"}");
        var reason = scene.Told.Last().Reason!;
        Assert.DoesNotContain("payload-payload", reason, StringComparison.Ordinal);
        Assert.True(reason.Length < 300 && !reason.Any(char.IsControl), reason);
        Assert.DoesNotContain("header-header", string.Concat(scene.Acts), StringComparison.Ordinal);
    }
}
