using System.Text;
using CogCommit.Core.Cloud;

namespace CogCommit.Cloud.Tests.LocalCloud;

/// <summary>The client's three calls, signed in, through HTTP, to the functions of the migrations.</summary>
public sealed class SyncFunctionsTests(LocalCloudFixture cloud)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_one_machine_pushes_another_pulls_and_nobody_else()
    {
        using var first = await cloud.NewUserAsync();
        using var second = await cloud.SignInAsync(first.UserName);
        using var stranger = await cloud.NewUserAsync();
        var push = Guid.NewGuid().ToString("D");
        var sender = first.Account.Connect();

        var answer = await sender.PushAsync(Batch(push), Cancel);

        Assert.Equal(1, answer.GetProperty("protocol").GetInt32());
        var result = answer.GetProperty("results").GetProperty("commits")[0];
        Assert.Equal("accepted", result.GetProperty("captured").GetString());
        Assert.Equal(1, sender.Requests);
        Assert.True(sender.BytesSent > Batch(push).Length && sender.BytesReceived > 0);

        var page = await second.Account.Connect().PullAsync(null, 1_000_000, Cancel);
        Assert.Equal("A commit over the wire", page.GetProperty("commits")[0].GetProperty("captured").GetProperty("derived_title").GetString());
        Assert.Equal(0, (await stranger.Account.Connect().PullAsync(null, 1_000_000, Cancel)).GetProperty("commits").GetArrayLength());

        var cursor = page.GetProperty("cursor");
        var next = new CloudCursor(cursor.GetProperty("seq").GetInt64(), cursor.GetProperty("push_id").GetString()!);
        Assert.Equal(0, (await second.Account.Connect().PullAsync(next, 1_000_000, Cancel)).GetProperty("commits").GetArrayLength());
        Assert.Equal(1, (await second.Account.Connect().DigestAsync(null, 100, Cancel)).GetProperty("commits").GetArrayLength());
    }

    [Fact]
    public async Task An_envelope_that_makes_no_sense_is_refused_with_the_clouds_words()
    {
        using var user = await cloud.NewUserAsync();
        var refused = await Assert.ThrowsAsync<CloudRejectedException>(() => user.Account.Connect().PushAsync("{}"u8.ToArray(), Cancel));
        Assert.Equal((400, "22023"), (refused.Status, refused.Code));
    }

    [Fact]
    public async Task A_dashboard_reads_what_was_pushed_with_everything_below_it()
    {
        using var user = await cloud.NewUserAsync();
        await user.Account.Connect().PushAsync(Batch(Guid.NewGuid().ToString("D")), Cancel);
        using var http = cloud.NewClient(new Core.Cloud.Auth.AuthFile(user.Home, TimeProvider.System).Read()!.AccessToken.Reveal());
        var commit = Assert.Single((await RestTables.GetAsync(http, "cognitive_commits?select=*,sessions(*,turns(*))&title=eq.A commit over the wire")).EnumerateArray());
        Assert.Equal("hello", commit.GetProperty("sessions")[0].GetProperty("turns")[0].GetProperty("content").GetString());
    }

    private static byte[] Batch(string pushId) => Encoding.UTF8.GetBytes($$"""
        { "protocol": 1, "push_id": "{{pushId}}", "machine": { "machine_id": "0b1c2d3e-0000-4000-8000-000000000001", "name": "desk" },
          "machines": [], "projects": [ { "name": "wire", "remote_url": null } ],
          "commits": [ { "id": "11111111-1111-5111-8111-111111111111", "captured": {
            "source": "claude_code", "agent_session_id": "s", "project": "wire", "branch": "main", "git_hash": null, "git_hashes": [],
            "git_subject": null, "started_at": "2026-01-01T00:00:00.000000Z", "closed_at": "2026-01-01T00:01:00.000000Z",
            "closed_by": "session_end", "closed_after": null, "parallel": false, "files_read": [], "files_changed": [],
            "derived_title": "A commit over the wire", "turn_count": 1, "prompt_count": 1,
            "machine_id": "0b1c2d3e-0000-4000-8000-000000000001", "rev": "1", "hash": "h1" },
            "curated": { "title": null, "title_set": false, "project": null, "published": false, "hidden": false, "display_order": 0,
            "deleted_at": null, "version": 1, "updated_at": "2026-01-01T00:01:00.000000Z", "hash": "h2" } } ],
          "sessions": [ { "id": "22222222-2222-5222-8222-222222222222", "commit_id": "11111111-1111-5111-8111-111111111111",
            "agent_session_id": "s", "is_subagent": false, "started_at": "2026-01-01T00:00:00.000000Z",
            "ended_at": "2026-01-01T00:01:00.000000Z", "rev": "1", "hash": "h3" } ],
          "turns": [ { "id": "33333333-3333-5333-8333-333333333333", "session_id": "22222222-2222-5222-8222-222222222222", "ordinal": 0,
            "role": "user", "content": "hello", "timestamp": "2026-01-01T00:00:00.000000Z", "model": null, "tool_calls": [],
            "interrupted": false, "usage": null, "triggers_visual": false, "rev": "1", "hash": "h4" } ],
          "visuals": [] }
        """);
}
