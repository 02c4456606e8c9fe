using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CogCommit.Core.Cloud;
using CogCommit.Core.Cloud.Realtime;

namespace CogCommit.Core.Tests.Cloud.Realtime;

/// <summary>A channel, the time it is told, and all that it wanted done. No socket and no clock.</summary>
internal sealed class ChannelScene
{
    public const string UserId = "5f0c8c9e-0000-4000-8000-000000000001";
    public const string Topic = "realtime:user:" + UserId;

    public static readonly ChannelTimes Times = new();

    public ChannelScene(int seed = 1)
    {
        Now = new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
        Channel = new NudgeChannel(UserId, Times, new Random(seed), Now);
    }

    public NudgeChannel Channel { get; }

    public DateTimeOffset Now { get; private set; }

    /// <summary>All acts so far.</summary>
    public List<ChannelAct> Acts { get; } = [];

    public IEnumerable<Nudge> Told => Acts.Where(act => act.Kind == ChannelActKind.Tell).Select(act => act.Nudge!);

    public IReadOnlyList<JsonNode> Sent => [.. Acts.Where(act => act.Kind == ChannelActKind.Send).Select(act => JsonNode.Parse(act.Frame!.Reveal())!)];

    public JsonNode LastSent => Sent[^1];

    public string JoinRef => (string)Sent.Last(frame => (string)frame["event"]! == "phx_join")["ref"]!;

    public int Count(ChannelActKind kind) => Acts.Count(act => act.Kind == kind);

    /// <summary>Joined, with a token of an hour, and told so.</summary>
    public static ChannelScene Joined(int seed = 1)
    {
        var scene = new ChannelScene(seed);
        scene.Tick();
        scene.Join();
        Assert.Equal(NudgeKind.Joined, scene.Told.Last().Kind);
        return scene;
    }

    public void Join()
    {
        Opened();
        Reply(JoinRef);
        System("ok", "Replication connection established");
    }

    public void Opened(string token = "token-1", double minutes = 60) => Do(() => Channel.Opened(new ChannelToken(new HiddenText(token), TimeSpan.FromMinutes(minutes)), Now));

    public void TokenGiven(string token, double minutes = 60) => Do(() => Channel.TokenGiven(new ChannelToken(new HiddenText(token), TimeSpan.FromMinutes(minutes)), Now));

    public void Failed(string reason = "It broke.", bool refused = false, TimeSpan? wait = null) => Do(() => Channel.Failed(reason, refused, wait, Now));

    public void Tick() => Do(() => Channel.Tick(Now));

    public void TryNow() => Do(() => Channel.TryNow(Now));

    /// <summary>Lets time pass, with a tick whenever the channel wants one, as its owner does.</summary>
    public void Pass(TimeSpan span, Action? each = null)
    {
        var end = Now + span;
        while (Channel.Due <= end)
        {
            var due = Channel.Due;
            Now = due > Now ? due : Now;
            Tick();
            each?.Invoke();
            Assert.True(Channel.Due > due, "a tick that changes nothing when something is due is a circle");
        }

        Now = end;
    }

    /// <summary>As <see cref="Pass"/>, with a server that answers heartbeats.</summary>
    public void PassAlive(TimeSpan span) => Pass(span, () =>
    {
        if ((string)LastSent["event"]! == "heartbeat")
        {
            Receive("phoenix", "phx_reply", (string)LastSent["ref"]!, """{"status":"ok","response":{}}""");
        }
    });

    public void Receive(string text) => Do(() => Channel.Received(PhoenixFrame.Read(Encoding.UTF8.GetBytes(text)), Now));

    public void Receive(string topic, string name, string? reference, string payload) =>
        Receive($$"""{"topic":{{JsonSerializer.Serialize(topic)}},"event":{{JsonSerializer.Serialize(name)}},"ref":{{JsonSerializer.Serialize(reference)}},"payload":{{payload}}}""");

    public void Reply(string reference, string status = "ok", string response = "{}") =>
        Receive(Topic, "phx_reply", reference, $$"""{"status":"{{status}}","response":{{response}}}""");

    public void System(string status, string message, string extension = "system") =>
        Receive(Topic, "system", null, $$"""{"status":"{{status}}","extension":"{{extension}}","message":{{JsonSerializer.Serialize(message)}},"channel":"user:{{UserId}}"}""");

    public void Push(long seq) => Receive(Topic, "broadcast", null, $$$"""{"type":"broadcast","event":"push","payload":{"seq":{{{seq}}},"push_id":"p{{{seq}}}","id":"x"},"meta":{"id":"x"}}""");

    private void Do(Action step)
    {
        step();
        Acts.AddRange(Channel.TakeActs());
    }
}
