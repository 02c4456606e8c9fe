using System.Threading.Channels;
using CogCommit.Core.Cloud.Realtime;

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

        using var other = await OtherDeviceOf(machine);
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
        using var other = await OtherDeviceOf(machine);
        var seq = await other.PushAsync();
        // The stranger's came first: had it been heard, it would stand here.
        Assert.Equal(seq, (await ear.NextAsync()).Seq);
    }

    [Fact]
    public async Task Where_the_cloud_loses_its_database_the_device_is_told_and_joins_again()
    {
        using var machine = await cloud.NewUserAsync("hearing");
        await using var ear = new Ear(machine.Account.Listen());
        Assert.Equal(NudgeKind.Joined, (await ear.NextAsync()).Kind);

        await cloud.RunAsync("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'cogcommit realtime' and datname = current_database()");
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
        using var other = await OtherDeviceOf(machine);
        await other.PushAsync();
        Assert.Equal(NudgeKind.Pushed, (await ear.NextAsync()).Kind);
    }

    private async Task<TopicUser> OtherDeviceOf(TestMachine machine)
    {
        var grant = await cloud.GrantAsync(machine.UserName);
        return new TopicUser(cloud.NewClient(grant.GetProperty("access_token").GetString()), grant.GetProperty("user").GetProperty("id").GetGuid());
    }

    /// <summary>Listens, and gives what was heard in its order.</summary>
    private sealed class Ear : IAsyncDisposable
    {
        private readonly Channel<Nudge> _heard = Channel.CreateUnbounded<Nudge>();
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _listening;

        public Ear(ICloudNudges nudges)
        {
            Nudges = nudges;
            _listening = nudges.ListenAsync(nudge => _heard.Writer.TryWrite(nudge), _stop.Token);
        }

        public ICloudNudges Nudges { get; }

        public async Task<Nudge> NextAsync()
        {
            var next = _heard.Reader.ReadAsync(Cancel).AsTask();
            await Task.WhenAny(next, _listening);
            return next.IsCompleted ? await next : throw new InvalidOperationException("It listens no more.", _listening.Exception);
        }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _listening);
            _stop.Dispose();
        }
    }
}
