using CogCommit.Core.Cloud.Http;

namespace CogCommit.Cloud.Tests.Network;

/// <summary>
/// Each fault at each request of a sync in turn (a refresh of the token, three pages, three batches), once, and from there on until the
/// sync gives up. Whatever it was: when it is over, the next sync completes, and both sides hold the same, each row once.
/// </summary>
public sealed class EveryRequestTests(LocalCloudFixture cloud)
{
    private const int RequestsOfASync = 7;

    public static TheoryData<string> Names => [.. Faults(NetworkScene.NewClock()).Select(fault => fault.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_fault_at_any_request_loses_nothing_and_doubles_nothing(string name)
    {
        await using var scene = await NetworkScene.StartAsync(cloud);
        var fault = Faults(scene.Clock).Single(one => one.Name == name);
        for (var at = 1; at <= RequestsOfASync; at++)
        {
            await scene.TellAsync();
            scene.ExpireToken();
            scene.Proxy.Forget();
            scene.Proxy.Script = request => request.Number == at ? fault : null;
            var read = await scene.ReadAsync();
            Assert.True(fault.PassesByItself == (read is null), $"request {at}: {read}");
            if (fault.PassesByItself)
            {
                // One more than usual, and no more than that.
                Assert.Equal(RequestsOfASync + 1, scene.Proxy.Requests.Count);
            }

            await scene.AssertNothingLostAsync();
        }

        Assert.Equal(RequestsOfASync, scene.Proxy.Faults);
        await scene.AssertWholeAsync();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_fault_that_stays_ends_the_sync_in_time_and_loses_nothing(string name)
    {
        await using var scene = await NetworkScene.StartAsync(cloud);
        var fault = Faults(scene.Clock).Single(one => one.Name == name);
        for (var at = 1; at <= RequestsOfASync; at++)
        {
            await scene.TellAsync();
            scene.ExpireToken();
            scene.Proxy.Forget();
            scene.Proxy.Script = request => request.Number >= at ? fault : null;
            var began = scene.Elapsed;
            var read = await scene.ReadAsync();
            Assert.False(string.IsNullOrEmpty(read));
            Assert.InRange(scene.Proxy.Requests.Count, at, at - 1 + NetworkScene.Calls.Tries);
            Assert.InRange(scene.Elapsed - began, TimeSpan.Zero, at == 1 ? CloudRetry.ForTokens.Total : NetworkScene.Calls.Total);
            Assert.NotNull(scene.Machine.Account.Current);
            await scene.AssertNothingLostAsync();
        }

        await scene.AssertWholeAsync();
    }

    private static IEnumerable<Fault> Faults(Wire.EventClock clock) =>
    [
        Fault.ResetBefore,
        Fault.ResetAfter,
        Fault.SilenceBefore(clock),
        Fault.SilenceAfter(clock),
        Fault.Trickle(clock),
        Fault.ShortBody,
        Fault.ChunksWithoutEnd,
        Fault.CutHead,
        Fault.CutJson,
        Fault.Answer(200),
        Fault.Answer(302, "", Fault.HtmlType, ("Location", "https://portal.example/")),
        Fault.Json(404, """{"message":"no Route matched with those values"}"""),
        Fault.Json(200, "{}"),
        Fault.Answer(502),
        Fault.RetryAfter(429, "7"),
    ];
}
