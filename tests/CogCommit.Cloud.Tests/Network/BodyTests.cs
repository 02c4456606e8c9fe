using System.IO.Compression;
using System.Text;
using CogCommit.Core.Cloud.Http;

namespace CogCommit.Cloud.Tests.Network;

/// <summary>Answers whose body is slow, cut, endless, or no answer at all.</summary>
public sealed class BodyTests(LocalCloudFixture cloud)
{
    [Fact]
    public async Task A_slow_body_that_comes_within_a_minute_is_read_at_the_first_try()
    {
        await using var scene = await StartAsync();
        scene.Proxy.Script = request => request.Number == 1 ? Fault.Slow(scene.Clock, TimeSpan.FromSeconds(59)) : null;
        Assert.Null(await scene.ReadAsync());
        Assert.Equal(6, scene.Proxy.Requests.Count);
        Assert.Equal(TimeSpan.FromSeconds(59), scene.Elapsed);
        await scene.AssertWholeAsync();
    }

    [Fact]
    public async Task A_body_that_trickles_for_longer_is_given_up_and_asked_for_again()
    {
        await using var scene = await StartAsync();
        scene.Proxy.Script = request => request.Number == 1 ? Fault.Trickle(scene.Clock) : null;
        Assert.Null(await scene.ReadAsync());
        Assert.Equal(7, scene.Proxy.Requests.Count);
        Assert.InRange(scene.Proxy.Requests[1].At, NetworkScene.Calls.PerTry, NetworkScene.Calls.PerTry + TimeSpan.FromSeconds(2));
        await scene.AssertWholeAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_cloud_that_never_answers_is_given_up_after_three_minutes(bool headComes)
    {
        await using var scene = await StartAsync();
        scene.Proxy.Script = _ => headComes ? Fault.Trickle(scene.Clock) : Fault.SilenceBefore(scene.Clock);
        Assert.Equal(
            $"The cloud at {StatusTests.Address(scene)} cannot be reached: it did not answer in time. Nothing is lost; try again when it is back.",
            await scene.ReadAsync());
        Assert.Equal(3, scene.Proxy.Requests.Count);
        Assert.Equal(NetworkScene.Calls.Total, scene.Elapsed);
        await scene.AssertWholeAsync();
    }

    [Fact]
    public async Task A_body_cut_short_five_times_is_offline()
    {
        await using var scene = await StartAsync();
        scene.Proxy.Script = _ => Fault.ShortBody;
        Assert.Equal(
            $"The cloud at {StatusTests.Address(scene)} cannot be reached: the connection broke. Nothing is lost; try again when it is back.",
            await scene.ReadAsync());
        Assert.Equal(5, scene.Proxy.Requests.Count);
        await scene.AssertWholeAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_without_an_end_is_not_read_beyond_a_bound(bool saysItsLength)
    {
        await using var scene = await StartAsync();
        long written = 0;
        scene.Proxy.Script = _ => new Fault("a bomb", false, async exchange =>
        {
            var answer = ProxiedAnswer.Of(200, "", Fault.JsonType);
            await exchange.WriteAsync(answer.Head(saysItsLength ? "Content-Length: 8000000000" : "Connection: close"));
            var part = new byte[1024 * 1024];
            part.AsSpan().Fill((byte)' ');
            while (written < 8_000_000_000)
            {
                await exchange.WriteAsync(part);
                written += part.Length;
            }
        });
        Assert.Equal(
            $"What answers at {StatusTests.Address(scene)} sends more than 64 MB at once, which no CogCommit cloud does. It was not read to its end. " +
            "A proxy may stand between, or the address is wrong. Nothing is lost; open the address in a browser to see.",
            await scene.ReadAsync());
        Assert.Single(scene.Proxy.Requests);
        // What was under way when the reader left is the system's buffers: on Linux at most 32 MB to receive and 4 MB to send (tcp_rmem, tcp_wmem).
        Assert.InRange(written, 0, AnswerBody.Longest + (40L * 1024 * 1024));
        await scene.AssertWholeAsync();
    }

    [Fact]
    public async Task A_packed_bomb_is_not_unpacked()
    {
        await using var scene = await StartAsync();
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            var part = new byte[1024 * 1024];
            for (var megabytes = 0; megabytes < 200; megabytes++)
            {
                gzip.Write(part);
            }
        }

        scene.Proxy.Script = _ => new Fault("a packed bomb", false, exchange => exchange.WriteAsync(
            new ProxiedAnswer(200, [KeyValuePair.Create("Content-Type", Fault.JsonType), KeyValuePair.Create("Content-Encoding", "gzip")], packed.ToArray())));
        Assert.Contains($"is no CogCommit cloud: 200 with {packed.Length} bytes", await scene.ReadAsync(), StringComparison.Ordinal);
        Assert.Null(scene.Proxy.Requests[0].Header("Accept-Encoding"));
        Assert.Single(scene.Proxy.Requests);
        await scene.AssertWholeAsync();
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"yes\"")]
    [InlineData("{}")]
    [InlineData("""{"protocol":1}""")]
    [InlineData("""{"protocol":1,"known":true,"more":false,"cursor":{"seq":1e400,"push_id":"x"},"commits":[],"sessions":[],"turns":[],"visuals":[]}""")]
    [InlineData("""{"protocol":1,"known":true,"more":false,"cursor":{"seq":1,"push_id":"\ud800"},"commits":[],"sessions":[],"turns":[],"visuals":[]}""")]
    [InlineData("""{"protocol":1,"known":true,"more":false,"cursor":null,"commits":[{"id":"\ud800","\udc00":1}],"sessions":[],"turns":[],"visuals":[]}""")]
    [InlineData("""{"protocol":1,"known":false,"more":true,"cursor":null,"commits":[],"sessions":[],"turns":[],"visuals":[]}""")]
    public async Task JSON_that_is_not_the_protocol_is_a_bad_answer_of_which_nothing_is_stored(string json)
    {
        await using var scene = await StartAsync();
        var before = Sync.SyncTests.Rows(scene.Store);
        scene.Proxy.Script = _ => Fault.Json(200, json);
        var read = await scene.ReadAsync();
        Assert.StartsWith("The cloud's answer holds ", read, StringComparison.Ordinal);
        Assert.EndsWith("Nothing of this answer was stored. If the cloud is newer than this module, update the module.", read, StringComparison.Ordinal);
        Assert.Single(scene.Proxy.Requests);
        Assert.Equal(before, Sync.SyncTests.Rows(scene.Store));
        await scene.AssertWholeAsync();
    }

    [Theory]
    [InlineData("""{"protocol":1}""")]
    [InlineData("""{"protocol":1,"results":{"commits":[{"id":"\ud800"}]}}""")]
    public async Task A_push_that_is_answered_in_another_protocol_is_confirmed_by_nothing(string json)
    {
        await using var scene = await StartAsync();
        scene.Proxy.Script = request => request.IsPush ? Fault.Json(200, json) : null;
        Assert.StartsWith("The cloud's answer holds ", await scene.ReadAsync(), StringComparison.Ordinal);
        await scene.AssertWholeAsync();
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-8 with a mark")]
    [InlineData("latin-1")]
    public async Task Another_encoding_than_UTF_8_is_no_JSON_or_a_bad_answer_but_never_other_text(string encoding)
    {
        await using var scene = await StartAsync();
        var before = Sync.SyncTests.Rows(scene.Store);
        scene.Proxy.Script = _ => new Fault("recoded", false, async exchange =>
        {
            var answer = await exchange.ForwardAsync();
            var text = Encoding.UTF8.GetString(answer.Body).Replace("more", "möre", StringComparison.Ordinal);
            byte[] recoded = encoding switch
            {
                "utf-16" => Encoding.Unicode.GetBytes(text),
                "latin-1" => Encoding.Latin1.GetBytes(text),
                _ => [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)],
            };
            await exchange.WriteAsync(answer with { Body = recoded });
        });
        var read = await scene.ReadAsync();
        Assert.Matches("is no CogCommit cloud|The cloud's answer holds", read);
        Assert.Equal(before, Sync.SyncTests.Rows(scene.Store));
        await scene.AssertWholeAsync();
    }

    [Theory]
    [InlineData("""{"code":"\ud800","message":"\udfff"}""")]
    [InlineData("""{"code":7,"message":[]}""")]
    public async Task A_refusal_in_words_that_are_no_text_is_a_refusal_without_a_reason(string json)
    {
        await using var scene = await StartAsync();
        scene.Proxy.Script = _ => Fault.Json(400, json);
        Assert.Equal("The cloud refused the request (400): no reason given. Nothing is lost; what is here stays here.", await scene.ReadAsync());
        await scene.AssertWholeAsync();
    }

    private async Task<NetworkScene> StartAsync()
    {
        var scene = await NetworkScene.StartAsync(cloud);
        await scene.TellAsync();
        return scene;
    }
}
