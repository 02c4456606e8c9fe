using CogCommit.Core.Cloud.Realtime;

namespace CogCommit.Core.Tests.Cloud.Realtime;

/// <summary>When it tries again, and what tokens it sends meanwhile.</summary>
public sealed class NudgeChannelRetryTests
{
    [Fact]
    public void Waits_double_from_one_second_to_a_minute_each_between_half_and_whole()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var scene = new ChannelScene(seed);
            scene.Tick();
            foreach (var seconds in new[] { 1, 2, 4, 8, 16, 32, 60, 60, 60, 60 })
            {
                scene.Failed();
                var wait = scene.Told.Last().NextTry!.Value - scene.Now;
                Assert.InRange(wait, TimeSpan.FromSeconds(seconds) / 2, TimeSpan.FromSeconds(seconds));
                var opened = scene.Count(ChannelActKind.Open);
                scene.Pass(wait - TimeSpan.FromTicks(1));
                Assert.Equal(opened, scene.Count(ChannelActKind.Open));
                scene.Pass(TimeSpan.FromTicks(1));
                Assert.Equal(opened + 1, scene.Count(ChannelActKind.Open));
            }
        }
    }

    [Fact]
    public void Two_machines_that_lost_it_together_do_not_come_back_together()
    {
        var waits = Enumerable.Range(0, 100).Select(seed =>
        {
            var scene = new ChannelScene(seed);
            scene.Tick();
            scene.Failed();
            return scene.Channel.Due;
        }).Distinct().Count();
        Assert.True(waits > 90, $"{waits} of 100");
    }

    [Fact]
    public void A_channel_that_is_lost_right_after_each_join_is_not_joined_in_a_tight_loop()
    {
        var scene = new ChannelScene();
        scene.Tick();
        for (var i = 0; i < 8; i++)
        {
            scene.Join();
            scene.Failed();
            scene.Pass(TimeSpan.FromSeconds(60));
            // It is opened by now; a failure there counts on.
        }

        scene.Join();
        scene.Failed();
        Assert.True(scene.Channel.Due - scene.Now >= TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void A_channel_that_held_a_minute_is_joined_again_soon()
    {
        var scene = new ChannelScene();
        scene.Tick();
        for (var i = 0; i < 8; i++)
        {
            scene.Failed();
            scene.Pass(TimeSpan.FromSeconds(60));
            scene.Tick();
            if (scene.Acts[^1].Kind != ChannelActKind.Open)
            {
                scene.Pass(scene.Channel.Due - scene.Now);
            }
        }

        scene.Join();
        scene.PassAlive(TimeSpan.FromSeconds(61));
        scene.Failed();
        Assert.True(scene.Channel.Due - scene.Now <= TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData("Unauthorized: You do not have permissions to read from this Channel topic: user:x")]
    [InlineData("PrivateOnly: This project only allows private channels")]
    [InlineData("RealtimeDisabledForTenant: Realtime disabled for this tenant")]
    public void A_join_that_is_refused_is_tried_again_slowly(string reason)
    {
        var scene = new ChannelScene();
        scene.Tick();
        scene.Opened();
        scene.Reply(scene.JoinRef, "error", $$"""{"reason":"{{reason}}"}""");
        var lost = scene.Told.Last();
        Assert.Equal($"The cloud does not let this sign-in listen: {reason}.", lost.Reason);
        Assert.InRange(lost.NextTry!.Value - scene.Now, TimeSpan.FromMinutes(2.5), TimeSpan.FromMinutes(5));
        Assert.Null(scene.Acts.Last(act => act.Kind == ChannelActKind.Open).Refused);
    }

    [Fact]
    public void A_server_that_asks_to_wait_gets_its_wait_up_to_five_minutes()
    {
        foreach (var (asked, least, most) in new[] { (20, 20, 20), (4000, 300, 300), (-5, 0, 1) })
        {
            var scene = new ChannelScene();
            scene.Tick();
            scene.Failed("Too many.", wait: TimeSpan.FromSeconds(asked));
            Assert.InRange(scene.Channel.Due - scene.Now, TimeSpan.FromSeconds(least), TimeSpan.FromSeconds(most));
        }
    }

    [Fact]
    public void When_the_network_is_back_it_is_tried_at_once_but_not_twice_a_second()
    {
        var scene = new ChannelScene();
        scene.Tick();
        for (var i = 0; i < 6; i++)
        {
            scene.Pass(TimeSpan.FromSeconds(2));
            scene.Failed();
            scene.TryNow();
            Assert.Equal(i + 2, scene.Count(ChannelActKind.Open));
        }

        scene.Failed();
        for (var i = 0; i < 100; i++)
        {
            scene.TryNow();
        }

        Assert.Equal(7, scene.Count(ChannelActKind.Open));
        scene.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal(8, scene.Count(ChannelActKind.Open));
    }

    [Fact]
    public void When_the_network_is_back_what_is_joined_makes_sure_that_it_is()
    {
        var scene = ChannelScene.Joined();
        scene.Pass(TimeSpan.FromSeconds(5));
        scene.TryNow();
        scene.TryNow();
        Assert.Equal("heartbeat", (string)scene.LastSent["event"]!);
        Assert.Equal(1, scene.Sent.Count(frame => (string)frame["event"]! == "heartbeat"));
        scene.Pass(TimeSpan.FromSeconds(10));
        Assert.Equal(NudgeKind.Lost, scene.Told.Last().Kind);
    }

    [Fact]
    public void The_next_token_is_asked_for_a_minute_before_the_old_one_ends_and_sent_once()
    {
        var scene = ChannelScene.Joined();
        scene.PassAlive(TimeSpan.FromMinutes(58.9));
        Assert.Equal(0, scene.Count(ChannelActKind.Renew));
        scene.PassAlive(TimeSpan.FromMinutes(0.1));
        Assert.Equal(1, scene.Count(ChannelActKind.Renew));
        scene.TokenGiven("token-2");
        Assert.Equal("access_token", (string)scene.LastSent["event"]!);
        Assert.Equal("token-2", (string)scene.LastSent["payload"]!["access_token"]!);
        Assert.Equal(scene.JoinRef, (string)scene.LastSent["join_ref"]!);
        scene.TokenGiven("token-2");
        Assert.Equal(1, scene.Sent.Count(frame => (string)frame["event"]! == "access_token"));
        scene.PassAlive(TimeSpan.FromMinutes(59));
        Assert.Equal(2, scene.Count(ChannelActKind.Renew));
        Assert.Single(scene.Told);
    }

    [Fact]
    public void A_token_that_cannot_be_had_is_asked_for_again_with_growing_waits()
    {
        var scene = ChannelScene.Joined();
        scene.PassAlive(TimeSpan.FromMinutes(59));
        for (var i = 0; i < 10; i++)
        {
            scene.Channel.TokenFailed(scene.Now);
            scene.PassAlive(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(11, scene.Count(ChannelActKind.Renew));
        Assert.Single(scene.Told);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-100)]
    [InlineData(0.1)]
    [InlineData(double.NaN)]
    public void A_token_that_is_old_already_is_not_asked_for_in_a_circle(double minutes)
    {
        var life = double.IsNaN(minutes) ? TimeSpan.MinValue.TotalMinutes / 4 : minutes;
        var scene = new ChannelScene();
        scene.Tick();
        scene.Opened("old", life);
        scene.Reply(scene.JoinRef);
        var renewed = 0;
        scene.Pass(TimeSpan.FromMinutes(2), () =>
        {
            if ((string)scene.LastSent["event"]! == "heartbeat")
            {
                scene.Receive("phoenix", "phx_reply", (string)scene.LastSent["ref"]!, """{"status":"ok"}""");
            }

            if (scene.Count(ChannelActKind.Renew) > renewed)
            {
                renewed++;
                scene.TokenGiven("old", life);
            }
        });
        Assert.InRange(renewed, 8, 12);
    }

    [Fact]
    public void A_token_that_the_server_refuses_is_renewed_at_once_and_the_second_one_tried_slowly()
    {
        var scene = new ChannelScene();
        scene.Tick();
        scene.Opened("refused");
        scene.Reply(scene.JoinRef, "error", """{"reason":"InvalidJWTToken: Token has expired 10 seconds ago"}""");
        scene.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal("refused", scene.Acts.Last(act => act.Kind == ChannelActKind.Open).Refused!.Reveal());
        scene.Opened("renewed");
        scene.Reply(scene.JoinRef, "error", """{"reason":"InvalidJWTToken: Token has expired 10 seconds ago"}""");
        Assert.True(scene.Channel.Due - scene.Now >= TimeSpan.FromMinutes(2.5));
        scene.Pass(TimeSpan.FromMinutes(5));
        Assert.Null(scene.Acts.Last(act => act.Kind == ChannelActKind.Open).Refused);
    }

    [Fact]
    public void A_new_token_that_the_server_has_no_channel_for_leads_to_a_new_join()
    {
        var scene = ChannelScene.Joined();
        scene.PassAlive(TimeSpan.FromMinutes(59));
        scene.TokenGiven("token-2");
        scene.Reply((string)scene.LastSent["ref"]!, "error", """{"reason":"unmatched topic"}""");
        Assert.Equal(NudgeKind.Lost, scene.Told.Last().Kind);
        scene.Pass(TimeSpan.FromSeconds(1));
        scene.Join();
        Assert.Equal(NudgeKind.Joined, scene.Told.Last().Kind);
    }
}
