using System.Text.Json.Nodes;
using CogCommit.Core.Cloud;
using CogCommit.Core.Health;
using CogCommit.Core.Store;
using CogCommit.Core.Sync;
using CogCommit.Cloud.Tests.Sync;
using CogCommit.LocalCloud;
using CogCommit.LocalCloud.Postgres;
using Microsoft.Extensions.Time.Testing;

namespace CogCommit.Cloud.Tests.Health;

/// <summary>What the doctor says of a real cloud, in each of the states it can be found in.</summary>
public sealed class CloudChecksTests(LocalCloudFixture cloud) : IAsyncLifetime
{
    private static readonly string[] OfTheCloud = ["SignIn", "Cloud", "Clock", "Quota", "Pending"];
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private TestMachine _machine = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _machine = await cloud.NewUserAsync();
        using var store = StoreFile.Open(_machine.Home, _clock);
        _ = MachineIdentity.Of(store);
        Device.Import(store, Talk.Of("health", "one", "two"));
    }

    public ValueTask DisposeAsync()
    {
        _machine.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Signed_in_and_synced_all_is_well_and_the_sign_in_is_left_as_it_is()
    {
        var found = await LookAsync();
        Expect(found["Pending"], HealthStatus.Warning, "1 commit waits for a push; never synced", "Sync-CogCommit");
        await SyncAsync();
        var before = await File.ReadAllBytesAsync(_machine.Home.AuthPath, Cancel);

        found = await LookAsync();

        Assert.All(OfTheCloud, name => Assert.Equal("Ok", found[name].Status));
        Assert.Contains(_machine.UserName, found["SignIn"].Detail, StringComparison.Ordinal);
        Assert.Contains("protocol version 1", found["Cloud"].Detail, StringComparison.Ordinal);
        Assert.Contains("1 of ", found["Quota"].Detail, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(_machine.Home.AuthPath, Cancel));
    }

    [Theory]
    [InlineData(-1, HealthStatus.Ok, "agrees")]
    [InlineData(3, HealthStatus.Warning, "ahead of")]
    [InlineData(-3, HealthStatus.Warning, "behind")]
    [InlineData(7, HealthStatus.Error, "ahead of")]
    public async Task A_clock_that_is_wrong_is_told(int minutes, HealthStatus status, string said)
    {
        _clock.AutoAdvanceAmount = TimeSpan.Zero;
        _clock.AdjustTime(DateTimeOffset.UtcNow.AddMinutes(minutes));
        Expect((await LookAsync())["Clock"], status, said);
    }

    [Fact]
    public async Task A_token_that_ran_out_is_renewed_by_the_next_sync_and_not_by_who_looks()
    {
        _clock.Advance(TimeSpan.FromHours(2));
        var before = await File.ReadAllBytesAsync(_machine.Home.AuthPath, Cancel);

        var found = await LookAsync();

        Expect(found["SignIn"], HealthStatus.Ok, "the next sync renews it");
        Expect(found["Cloud"], HealthStatus.Skipped, "run out");
        Assert.Equal(before, await File.ReadAllBytesAsync(_machine.Home.AuthPath, Cancel));
    }

    [Fact]
    public async Task A_sign_in_that_ended_elsewhere_is_told_once_a_sync_has_learned_it()
    {
        var file = await File.ReadAllBytesAsync(_machine.Home.AuthPath, Cancel);
        await _machine.Account.SignOutAsync(Cancel);
        await File.WriteAllBytesAsync(_machine.Home.AuthPath, file, Cancel);
        _clock.Advance(TimeSpan.FromHours(2));
        await Assert.ThrowsAnyAsync<Core.CogCommitException>(SyncAsync);

        Expect((await LookAsync())["SignIn"], HealthStatus.Error, "has ended", "Connect-CogCommit");
    }

    [Fact]
    public async Task A_token_that_the_cloud_does_not_accept_is_an_ended_sign_in()
    {
        await EditAuthAsync(auth => auth["tokens"]!["access"] = (string)auth["tokens"]!["access"]! + "x");
        var found = await LookAsync();
        Expect(found["SignIn"], HealthStatus.Error, "has ended", "Connect-CogCommit");
        Expect(found["Cloud"], HealthStatus.Skipped, "Not asked");
    }

    [Fact]
    public async Task Offline_is_a_warning_and_what_only_the_cloud_knows_is_skipped()
    {
        await EditAuthAsync(auth => auth["url"] = "http://127.0.0.1:1");
        var looking = LookAsync(TimeProvider.System);
        var found = await looking;
        Expect(found["Cloud"], HealthStatus.Warning, "127.0.0.1:1", "online");
        Expect(found["SignIn"], HealthStatus.Ok, _machine.UserName);
        Assert.All(new[] { "Clock", "Quota" }, name => Expect(found[name], HealthStatus.Skipped, "see the check Cloud"));
    }

    [Fact]
    public async Task A_quota_that_is_nearly_used_or_reached_is_told()
    {
        await SyncAsync();
        var user = _machine.Account.Current!.UserId;
        await LimitAsync(user, 1);
        Expect((await LookAsync())["Quota"], HealthStatus.Error, "1 of 1 commit", "Remove-CogCommit");

        await LimitAsync(user, 10);
        using (var store = StoreFile.Open(_machine.Home, _clock))
        {
            for (var i = 0; i < 8; i++)
            {
                Device.Import(store, Talk.Of($"more {i}", "text"));
            }
        }

        await SyncAsync();
        Expect((await LookAsync())["Quota"], HealthStatus.Warning, "9 of 10 commits");
    }

    [Fact]
    public async Task A_cloud_without_the_functions_or_of_another_version_says_apply_the_migrations()
    {
        using var folder = new TestFolder();
        await using var server = await CloudServer.StartAsync(new CloudOptions { DataFolder = folder.Path, Url = "http://127.0.0.1:0", Cluster = new ClusterOptions { Durable = false } }, cancellationToken: Cancel);
        var grant = await WireSignIn.GrantAsync(server.Url, server.AnonKey, server.Secret, "somebody");
        await _machine.Account.SignInAsync(
            new SignInRequest { Url = server.Url, AnonKey = server.AnonKey, RefreshToken = grant.GetProperty("refresh_token").GetString() }, new LocalCloud.BrowserRobot("somebody", server.Secret), Cancel);
        Expect((await LookAsync())["Cloud"], HealthStatus.Ok, "answers");

        await RunAsync(server, """
            create or replace function public.cogcommit_pull(cursor jsonb, max_bytes int default 1048576) returns json language sql stable
            as $$ select '{"protocol": 2, "now": "2026-05-01T10:00:00.000000Z", "known": false, "cursor": null, "more": false}'::json $$
            """);
        Expect((await LookAsync())["Cloud"], HealthStatus.Error, "version 2 of the sync protocol", "Update-Module");

        await RunAsync(server, "drop function public.cogcommit_pull(jsonb, int); drop function public.cogcommit_digest(text, int)");
        var found = await LookAsync();
        Expect(found["Cloud"], HealthStatus.Error, "no function cogcommit_pull", "docs/cloud-setup.md");
        Expect(found["Quota"], HealthStatus.Skipped, "see the check Cloud");
    }

    private static void Expect(HealthCheck found, HealthStatus status, string said, string fix = "")
    {
        Assert.True(found.Status == status.ToString(), $"{found.Check} is {found.Status}: {found.Detail}");
        Assert.Contains(said, found.Detail, StringComparison.Ordinal);
        Assert.Contains(fix, found.Fix ?? "", StringComparison.Ordinal);
    }

    private async Task<Dictionary<string, HealthCheck>> LookAsync(TimeProvider? clock = null)
    {
        var found = new Dictionary<string, HealthCheck>();
        await HealthChecks.RunAsync(
            new HealthEnvironment { Home = _machine.Home, Clock = clock ?? _clock }, OfTheCloud.Contains, check => found.Add(check.Check, check), Cancel);
        return found;
    }

    private async Task SyncAsync()
    {
        using var store = StoreFile.Open(_machine.Home, _clock);
        using var account = new CloudAccount(_machine.Home, null, null, _clock);
        await new SyncEngine(store, account.Connect(), _ => { }).SyncAsync(new SyncOptions(), null, Cancel);
    }

    private async Task EditAuthAsync(Action<JsonNode> edit)
    {
        var auth = JsonNode.Parse(await File.ReadAllTextAsync(_machine.Home.AuthPath, Cancel))!;
        edit(auth);
        await File.WriteAllTextAsync(_machine.Home.AuthPath, auth.ToJsonString(), Cancel);
    }

    private Task LimitAsync(string user, int commits) => cloud.RunAsync(
        "insert into public.user_quotas (user_id, commit_limit) values ($1::uuid, $2) on conflict (user_id) do update set commit_limit = excluded.commit_limit", user, commits);

    private static async Task RunAsync(CloudServer server, string sql)
    {
        await using var command = server.Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancel);
    }
}
