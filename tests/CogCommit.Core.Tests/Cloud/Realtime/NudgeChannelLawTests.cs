using System.Text;
using CogCommit.Core.Cloud.Realtime;
using CsCheck;

namespace CogCommit.Core.Tests.Cloud.Realtime;

/// <summary>Whatever the server, the network and the clock do, in whatever order.</summary>
public sealed class NudgeChannelLawTests
{
    private static readonly string[] Events = ["phx_reply", "phx_close", "phx_error", "system", "broadcast", "presence_state", "access_token", "x", ""];
    private static readonly string[] Payloads =
    [
        "{}", "null", "[]", "1", "\"x\"", """{"status":"ok"}""", """{"status":"error","response":{"reason":"Unauthorized: no"}}""", """{"status":"error","response":{"reason":"MalformedJWT: no"}}""",
        """{"status":"error","response":[]}""", """{"status":"error","extension":"system","message":null}""", """{"status":"ok","extension":"system"}""", """{"status":{},"response":{"reason":[]}}""",
        """{"event":"push","payload":{"seq":1,"push_id":"a"}}""", """{"event":"push","payload":"\ud800"}""", """{"event":"\udfff"}""", """{"status":"ok","status":"error"}""",
    ];

    [Fact]
    public void Any_order_of_anything_keeps_the_laws() => Gen.Select(Gen.Int[0, 13], Gen.Int[0, 100_000], Gen.Int[0, 1000]).Array[0, 80].Sample(
        steps =>
        {
            var scene = new ChannelScene(steps.Length);
            var opens = new List<DateTimeOffset>();
            foreach (var (what, number, other) in steps)
            {
                Step(scene, what, number, other, opens);
                Check(scene);
            }
        },
        iter: 3000);

    [Fact]
    public void Any_bytes_are_a_message_or_nothing() => Gen.Byte.Array[0, 200].Sample(bytes =>
    {
        var scene = ChannelScene.Joined();
        scene.Channel.Received(PhoenixFrame.Read(bytes), scene.Now);
        Assert.Empty(scene.Channel.TakeActs());
    });

    [Fact]
    public void Any_damage_to_a_good_frame_is_a_message_or_nothing()
    {
        var good = Encoding.UTF8.GetBytes($$$$"""{"topic":"{{{{ChannelScene.Topic}}}}","event":"broadcast","ref":null,"payload":{"event":"push","payload":{"seq":41,"push_id":"é😀"}}}""");
        Gen.Select(Gen.Int[0, good.Length - 1], Gen.Byte, Gen.Int[0, good.Length]).Sample((at, value, cut) =>
        {
            var bytes = good.ToArray();
            bytes[at] = value;
            var scene = ChannelScene.Joined();
            scene.Channel.Received(PhoenixFrame.Read(bytes.AsMemory(0, cut)), scene.Now);
            Assert.DoesNotContain(scene.Channel.TakeActs(), act => act.Kind != ChannelActKind.Tell || act.Nudge!.Kind != NudgeKind.Pushed);
        });
    }

    [Fact]
    public void A_frame_of_more_than_64_KB_and_one_that_is_nested_too_deep_are_not_read()
    {
        string Padded(int bytes)
        {
            var frame = """{"topic":"t","event":"e","payload":{"x":"@"}}""";
            return frame.Replace("@", new string('x', bytes - frame.Length + 1), StringComparison.Ordinal);
        }

        Assert.NotNull(PhoenixFrame.Read(Encoding.UTF8.GetBytes(Padded(65536))));
        Assert.Null(PhoenixFrame.Read(Encoding.UTF8.GetBytes(Padded(65537))));
        Assert.Null(PhoenixFrame.Read(Encoding.UTF8.GetBytes("{\"topic\":\"t\",\"event\":\"e\",\"payload\":" + new string('[', 30_000) + new string(']', 30_000) + "}")));
    }

    private static void Step(ChannelScene scene, int what, int number, int other, List<DateTimeOffset> opens)
    {
        var opened = scene.Count(ChannelActKind.Open);
        switch (what)
        {
            case 0 or 1:
                // Up to a hundred seconds; sometimes a night.
                scene.Pass(TimeSpan.FromMilliseconds(number * (other == 7 ? 300 : 1)), () => Note(scene, ref opened, opens));
                break;
            case 2:
                scene.Opened("token-" + other, (number / 1000.0) - 20);
                break;
            case 3:
                scene.TokenGiven("token-" + other, (number / 1000.0) - 20);
                break;
            case 4:
                scene.Channel.TokenFailed(scene.Now);
                break;
            case 5:
                scene.Failed("It broke.", other % 3 == 0, other % 2 == 0 ? TimeSpan.FromSeconds(number) : null);
                break;
            case 6:
                scene.TryNow();
                break;
            case 7 or 8:
                scene.Receive(other % 5 == 0 ? "phoenix" : ChannelScene.Topic, Events[number % Events.Length], (number % 9).ToString(System.Globalization.CultureInfo.InvariantCulture), Payloads[other % Payloads.Length]);
                break;
            case 9 when scene.Sent.Count > 0:
                var last = scene.LastSent;
                scene.Receive((string)last["topic"]!, "phx_reply", (string)last["ref"]!, Payloads[other % 2 == 0 ? 5 : number % Payloads.Length]);
                break;
            case 10:
                scene.Receive(ChannelScene.Topic, Events[number % Events.Length], null, Payloads[other % Payloads.Length]);
                break;
            case 11:
                scene.Push(number);
                break;
            case 12:
                scene.Tick();
                break;
            case 13:
                scene.Receive(new string((char)(number % 0x3000), other));
                break;
        }

        Note(scene, ref opened, opens);
    }

    private static void Note(ChannelScene scene, ref int opened, List<DateTimeOffset> opens)
    {
        for (; opened < scene.Count(ChannelActKind.Open); opened++)
        {
            if (opens.Count > 0)
            {
                Assert.True(scene.Now - opens[^1] >= TimeSpan.FromSeconds(0.5), "two tries within half a second");
            }

            opens.Add(scene.Now);
        }
    }

    private static void Check(ChannelScene scene)
    {
        var (open, joined) = (false, false);
        foreach (var act in scene.Acts)
        {
            switch (act.Kind)
            {
                case ChannelActKind.Open:
                    Assert.False(open, "opened twice");
                    open = true;
                    break;
                case ChannelActKind.Drop:
                    Assert.True(open, "dropped what is not open");
                    (open, joined) = (false, false);
                    break;
                case ChannelActKind.Send or ChannelActKind.Renew:
                    Assert.True(open, "sent without a connection");
                    break;
                default:
                    var nudge = act.Nudge!;
                    Assert.Equal(nudge.Kind == NudgeKind.Lost, !open);
                    Assert.Equal(nudge.Kind == NudgeKind.Pushed, joined);
                    Assert.Equal(nudge.Kind == NudgeKind.Lost, nudge is { Reason.Length: > 0, NextTry: not null });
                    joined |= nudge.Kind == NudgeKind.Joined;
                    break;
            }
        }

        // There is always something that it will do by itself; nothing makes it wait for good.
        Assert.True(scene.Channel.Due - scene.Now <= TimeSpan.FromMinutes(5));
    }
}
