using System.Net;
using System.Net.Sockets;
using CogCommit.Core.Cloud;

namespace CogCommit.Cloud.Tests.Wire;

/// <summary>What is tried again, how often, and for how long; on a clock of the test's own.</summary>
public sealed class RetryTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.BadGateway)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData((HttpStatusCode)540)]
    public async Task A_busy_cloud_is_asked_again_with_growing_waits(HttpStatusCode status)
    {
        using var cloud = new FakeCloud().Then(status).Then(status).Then(HttpStatusCode.OK, """{"protocol":1}""");
        using var machine = cloud.SignedIn();
        var answer = await machine.Account.Connect().PullAsync(null, 1000, Cancel);
        Assert.Equal(1, answer.GetProperty("protocol").GetInt32());
        Assert.Equal(3, cloud.Requests.Count);
        Assert.Equal(2, cloud.Clock.Waits.Count);
        Assert.All(cloud.Clock.Waits, wait => Assert.InRange(wait, TimeSpan.Zero, TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public async Task It_is_asked_five_times_at_most_and_what_it_said_is_told()
    {
        using var cloud = new FakeCloud { Otherwise = () => FakeCloud.Answer(HttpStatusCode.ServiceUnavailable, """{"message":"the database is restarting"}""") };
        using var machine = cloud.SignedIn();
        var error = await Assert.ThrowsAsync<CloudUnreachableException>(() => machine.Account.Connect().PullAsync(null, 1000, Cancel));
        Assert.Equal(5, cloud.Requests.Count);
        Assert.Contains("503: the database is restarting", error.Message, StringComparison.Ordinal);
        Assert.Contains("https://cloud.example", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Retry_After_in_seconds_is_waited_to_the_second()
    {
        using var cloud = new FakeCloud().Then(HttpStatusCode.TooManyRequests, retryAfter: "7").Then(HttpStatusCode.OK);
        using var machine = cloud.SignedIn();
        await machine.Account.Connect().PullAsync(null, 1000, Cancel);
        Assert.Equal(TimeSpan.FromSeconds(7), cloud.Requests[1].At);
    }

    [Fact]
    public async Task Retry_After_as_a_date_is_waited_until_then_and_a_past_one_not_at_all()
    {
        using var cloud = new FakeCloud();
        cloud.Then(HttpStatusCode.ServiceUnavailable, retryAfter: (cloud.Clock.Start + TimeSpan.FromSeconds(20)).ToString("R"))
            .Then(HttpStatusCode.ServiceUnavailable, retryAfter: (cloud.Clock.Start - TimeSpan.FromSeconds(20)).ToString("R"))
            .Then(HttpStatusCode.OK);
        using var machine = cloud.SignedIn();
        await machine.Account.Connect().PullAsync(null, 1000, Cancel);
        Assert.Equal([TimeSpan.Zero, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(20)], cloud.Requests.Select(request => request.At));
    }

    [Fact]
    public async Task A_wait_longer_than_there_is_time_for_is_told_and_not_waited()
    {
        using var cloud = new FakeCloud().Then(HttpStatusCode.TooManyRequests, retryAfter: "3600");
        using var machine = cloud.SignedIn();
        var error = await Assert.ThrowsAsync<CloudUnreachableException>(() => machine.Account.Connect().PullAsync(null, 1000, Cancel));
        Assert.Single(cloud.Requests);
        Assert.Contains("wait 3600 seconds", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_tries_together_end_when_their_time_is_over()
    {
        using var cloud = new FakeCloud { Otherwise = () => FakeCloud.Answer(HttpStatusCode.TooManyRequests, "{}", retryAfter: "100") };
        using var machine = cloud.SignedIn();
        await Assert.ThrowsAsync<CloudUnreachableException>(() => machine.Account.Connect().PullAsync(null, 1000, Cancel));
        Assert.Equal([0, 100], cloud.Requests.Select(request => (int)request.At.TotalSeconds));
        Assert.Equal(FakeCloud.Total, cloud.Clock.GetUtcNow() - cloud.Clock.Start);
    }

    [Fact]
    public async Task A_cloud_that_says_nothing_is_given_up_for_this_try_and_asked_again()
    {
        using var cloud = new FakeCloud().ThenSilence().Then(HttpStatusCode.OK, """{"protocol":1}""");
        using var machine = cloud.SignedIn();
        await machine.Account.Connect().PullAsync(null, 1000, Cancel);
        Assert.Equal(2, cloud.Requests.Count);
        Assert.True(cloud.Requests[1].At >= FakeCloud.PerTry);
    }

    [Fact]
    public async Task A_connection_that_breaks_before_or_within_the_answer_is_made_again()
    {
        using var cloud = new FakeCloud()
            .Then(() => throw new HttpRequestException(HttpRequestError.ConnectionError, "refused"))
            .Then(() => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new BrokenStream("{\"proto"u8.ToArray())) })
            .Then(HttpStatusCode.OK, """{"protocol":1}""");
        using var machine = cloud.SignedIn();
        Assert.Equal(1, (await machine.Account.Connect().PullAsync(null, 1000, Cancel)).GetProperty("protocol").GetInt32());
        Assert.Equal(3, cloud.Requests.Count);
    }

    [Theory]
    [InlineData(HttpRequestError.NameResolutionError, "offline", 5)]
    [InlineData(HttpRequestError.ConnectionError, "no connection", 5)]
    [InlineData(HttpRequestError.SecureConnectionError, "no secure connection", 1)]
    public async Task Offline_says_so_and_that_nothing_is_lost(HttpRequestError kind, string says, int tries)
    {
        using var cloud = new FakeCloud { Otherwise = () => throw new HttpRequestException(kind, "inner words") };
        using var machine = cloud.SignedIn();
        var error = await Assert.ThrowsAsync<CloudUnreachableException>(() => machine.Account.Connect().PullAsync(null, 1000, Cancel));
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.Contains("Nothing is lost", error.Message, StringComparison.Ordinal);
        Assert.Equal(tries, cloud.Requests.Count);
    }

    /// <summary>.NET lets the socket's own exception out when a line breaks directly behind its making.</summary>
    [Fact]
    public async Task A_line_that_breaks_when_it_was_just_made_is_made_anew()
    {
        using var cloud = new FakeCloud().Then(() => throw new SocketException((int)SocketError.NotConnected)).Then(HttpStatusCode.OK, """{"protocol":1}""");
        using var machine = cloud.SignedIn();
        await machine.Account.Connect().PullAsync(null, 1000, Cancel);
        Assert.Equal(2, cloud.Requests.Count);
    }

    [Fact]
    public async Task Cancelling_ends_a_wait_at_once()
    {
        using var stop = new CancellationTokenSource();
        using var cloud = new FakeCloud().Then(async (_, _) =>
        {
            await stop.CancelAsync();
            return FakeCloud.Answer(HttpStatusCode.ServiceUnavailable, "{}");
        });
        using var machine = cloud.SignedIn();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => machine.Account.Connect().PullAsync(null, 1000, stop.Token));
        Assert.Single(cloud.Requests);
    }

    [Fact]
    public async Task Tries_are_counted_with_their_bytes()
    {
        using var cloud = new FakeCloud().Then(HttpStatusCode.ServiceUnavailable, "busy").Then(HttpStatusCode.OK, """{"a":1}""");
        using var machine = cloud.SignedIn();
        var connection = machine.Account.Connect();
        await connection.PushAsync("{}"u8.ToArray(), Cancel);
        Assert.Equal((2, 2L * """{"batch":{}}""".Length, 4L + 7L), (connection.Requests, connection.BytesSent, connection.BytesReceived));
    }

    private sealed class BrokenStream(byte[] beginning) : MemoryStream(beginning)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            await base.ReadAsync(buffer, cancellationToken) is var read and > 0 ? read : throw new IOException("the connection was reset");
    }
}
