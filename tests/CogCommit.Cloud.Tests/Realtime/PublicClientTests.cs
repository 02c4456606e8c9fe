using System.Diagnostics;

namespace CogCommit.Cloud.Tests.Realtime;

/// <summary>Supabase's own client of Realtime against the local cloud: the wire is the one that it knows.</summary>
public sealed class PublicClientTests(LocalCloudFixture cloud)
{
    [Fact]
    public async Task Supabases_client_joins_its_users_topic_hears_a_push_and_is_refused_anothers()
    {
        var folder = await NpmFolder.InstalledAsync("realtime-js");
        using var user = await TopicUser.NewAsync(cloud);
        using var other = await TopicUser.NewAsync(cloud);
        var start = new ProcessStartInfo("node", [Path.Combine(folder, "listen.mjs"), cloud.Url.GetLeftPart(UriPartial.Authority), $"user:{other.Id:D}", $"user:{user.Id:D}"])
        {
            WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["COGCOMMIT_KEY"] = cloud.Server.AnonKey;
        start.Environment["COGCOMMIT_TOKEN"] = user.Token;
        using var node = Process.Start(start)!;
        var faults = node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        try
        {
            Assert.StartsWith($"CHANNEL_ERROR user:{other.Id:D}", await NextAsync(node, faults), StringComparison.Ordinal);
            Assert.StartsWith($"SUBSCRIBED user:{user.Id:D}", await NextAsync(node, faults), StringComparison.Ordinal);
            await other.PushAsync();
            var seq = await user.PushAsync();
            var heard = await NextAsync(node, faults);
            Assert.StartsWith("heard {", heard, StringComparison.Ordinal);
            Assert.Contains($"\"seq\":{seq}", heard, StringComparison.Ordinal);
            Assert.Contains("\"push_id\":\"", heard, StringComparison.Ordinal);
        }
        finally
        {
            node.Kill(entireProcessTree: true);
            await node.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
    }

    private static async Task<string> NextAsync(Process node, Task<string> faults) =>
        await node.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) ?? throw new InvalidOperationException(await faults);
}
