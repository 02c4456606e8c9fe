using CogCommit.Core.Cloud.Realtime;
using Microsoft.Extensions.Time.Testing;

namespace CogCommit.Cloud.Tests.Realtime;

/// <summary>The product's own client, over a real socket to the local cloud.</summary>
public sealed class NudgeTests(LocalCloudFixture cloud)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_device_hears_of_the_push_of_another_one()
    {
        using var machine = await cloud.NewUserAsync("hearing");
        await using var ear = new Ear(machine.Account.Listen());
        Assert.Equal(NudgeKind.Joined, (await ear.NextAsync()).Kind);

        using var other = await TopicUser.OnAnotherDeviceAsync(cloud, machine);
        var seq = await other.PushAsync();
        var nudge = await ear.NextAsync();
        Assert.Equal((NudgeKind.Pushed, seq), (nudge.Kind, nudge.Seq));
        Assert.True(Guid.TryParse(nudge.PushId, out _));
    }

    [Fact]
    public async Task What_another_user_pushes_is_not_heard()
    {
        using var machine = await cloud.NewUserAsync("hearing");
        await using var ear = new Ear(machine.Account.Listen());
        Assert.Equal(NudgeKind.Joined, (await ear.NextAsync()).Kind);

        using var stranger = await TopicUser.NewAsync(cloud);
        await stranger.PushAsync();
        using var other = await TopicUser.OnAnotherDeviceAsync(cloud, machine);
        var seq = await other.PushAsync();
        // The stranger's came first: had it been heard, it would stand here.
        Assert.Equal(seq, (await ear.NextAsync()).Seq);
    }

    [Fact]
    public async Task An_answer_that_came_while_the_device_was_held_up_counts_though_its_time_is_over()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var times = new ChannelTimes();
        using var wire = new AnswerBehindPush();
        using var machine = await cloud.SignInAsync(LocalCloudFixture.UniqueName("held"), wire, clock);
        using var held = new ManualResetEventSlim(initialState: true);
        await using var ear = new Ear(machine.Account.Listen(), held);
        Assert.Equal(NudgeKind.Joined, (await ear.NextAsync()).Kind);
        using var other = await TopicUser.OnAnotherDeviceAsync(cloud, machine);
        held.Reset();
        await other.PushAsync();
        await wire.Kept;

        // The heartbeat goes out; its answer comes right behind the push, with which the device is busy until long after.
        clock.Advance(times.Heartbeat);
        Assert.Equal(NudgeKind.Pushed, (await ear.NextAsync()).Kind);
        await wire.HandedOn;
        clock.Advance(times.Answer * 2);
        held.Set();

        await other.PushAsync();
        Assert.Equal(NudgeKind.Pushed, (await ear.NextAsync()).Kind);
    }
}
