using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using CogCommit.Cloud.Tests.Sql;

namespace CogCommit.Cloud.Tests.Realtime;

/// <summary>A user of the local cloud, by the wire alone: their token, their topic, and pushes of theirs.</summary>
internal sealed class TopicUser(HttpClient client, Guid id) : IDisposable
{
    public Guid Id => id;

    public string Token => client.DefaultRequestHeaders.Authorization!.Parameter!;

    public string Topic => TopicClient.TopicOf(id);

    public static async Task<TopicUser> NewAsync(LocalCloudFixture cloud)
    {
        var (client, id) = await cloud.NewClientUserAsync("listener");
        return new TopicUser(client, id);
    }

    /// <summary>The user of a machine, on another one.</summary>
    public static async Task<TopicUser> OnAnotherDeviceAsync(LocalCloudFixture cloud, TestMachine machine)
    {
        var grant = await cloud.GrantAsync(machine.UserName);
        return new TopicUser(cloud.NewClient(grant.GetProperty("access_token").GetString()), grant.GetProperty("user").GetProperty("id").GetGuid());
    }

    /// <summary>Pushes; gives the number of the user's last push, and how many commits were taken.</summary>
    public async Task<(long Seq, int Accepted)> PushAsync(JsonObject batch)
    {
        using var sent = await client.PostAsJsonAsync("/rest/v1/rpc/cogcommit_push", new JsonObject { ["batch"] = batch.DeepClone() }, TestContext.Current.CancellationToken);
        sent.EnsureSuccessStatusCode();
        var answer = await sent.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        return (answer.GetProperty("seq").GetInt64(), answer.GetProperty("results").GetProperty("commits").EnumerateArray().Count(commit => commit.GetProperty("captured").GetString() == "accepted"));
    }

    /// <summary>Pushes a new commit.</summary>
    public async Task<long> PushAsync() => (await PushAsync(Batch.Of(Batch.Commit(Batch.NewId(), Batch.Captured())))).Seq;

    public void Dispose() => client.Dispose();
}
