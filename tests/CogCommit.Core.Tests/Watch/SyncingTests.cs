using CogCommit.Core.Cloud.Realtime;
using CogCommit.Core.Store;
using CogCommit.Core.Tests.Capture.Import;

namespace CogCommit.Core.Tests.Watch;

/// <summary>What is captured goes to the cloud by itself, and what is new there comes.</summary>
public sealed class SyncingTests : IAsyncDisposable
{
    private readonly WatchScene _scene = new();
    private readonly TranscriptBuilder _session = new("s1");

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task A_change_is_sent_in_one_request_and_its_own_nudge_brings_no_pull()
    {
        await BeginAsync();

        // A first change, for the pull that follows joining may still be to come.
        Append(lines => lines.Prompt("Again"));
        await _scene.UntilAsync(WatchEventKind.Pushed, 2);
        var (pushes, pulls) = (_scene.Wire.Pushes, _scene.Wire.Pulls);

        Append(lines => lines.Prompt("And again"));
        var pushed = await _scene.UntilAsync(WatchEventKind.Pushed, 3);
        // Behind the push the loop has heard its nudge; another change shows that it is through with it.
        Append(lines => lines.Prompt("Once more"));
        await _scene.UntilAsync(WatchEventKind.Pushed, 4);

        Assert.Equal((1, 1), (pushed.Commits, pushed.Turns));
        Assert.Equal((pushes + 2, pulls), (_scene.Wire.Pushes, _scene.Wire.Pulls));
        Assert.Equal(4, _scene.Wire.Cloud.Turns.Count);
        Assert.Equal(ConnectionState.Listening, _scene.Status!.Connection);
        Assert.NotNull(_scene.Status.LastSync);
    }

    [Fact]
    public async Task What_another_machine_pushed_comes_with_its_nudge()
    {
        await BeginAsync();
        var theirs = Path.Combine(_scene.Home.Root, "theirs");
        new TranscriptBuilder("s2").Prompt("Spin").Answer("Spun.").Write(theirs);

        await _scene.OtherMachineAsync(_ => { }, theirs);
        var pulled = await _scene.UntilAsync(WatchEventKind.Pulled);

        Assert.Equal((1, 2), (pulled.Commits, pulled.Turns));
        Assert.Equal(1, _scene.Scalar("select count(*) from turns where content = 'Spin'"));
    }

    [Fact]
    public async Task A_push_that_met_another_machines_brings_that_too()
    {
        await BeginAsync();
        var theirs = Path.Combine(_scene.Home.Root, "theirs");
        new TranscriptBuilder("s2").Prompt("Spin").Write(theirs);
        // Nobody hears of it: the line to the nudges is down.
        _scene.Wire.Nudges.Tell(new Nudge(NudgeKind.Lost));
        await _scene.UntilAsync(() => _scene.Status!.Connection == ConnectionState.Polling, "it polls");
        _scene.Wire.Nudges.IsMute = true;
        await _scene.OtherMachineAsync(_ => { }, theirs);

        Append(lines => lines.Prompt("Again"));
        await _scene.UntilAsync(WatchEventKind.Pulled);
        Assert.Equal(1, _scene.Scalar("select count(*) from turns where content = 'Spin'"));
    }

    [Fact]
    public async Task A_join_brings_a_pull()
    {
        await BeginAsync();
        _scene.Wire.Nudges.IsMute = true;
        var theirs = Path.Combine(_scene.Home.Root, "theirs");
        new TranscriptBuilder("s2").Prompt("Spin").Write(theirs);
        await _scene.OtherMachineAsync(_ => { }, theirs);

        _scene.Wire.Nudges.IsMute = false;
        _scene.Wire.Nudges.Tell(new Nudge(NudgeKind.Joined));
        await _scene.UntilAsync(WatchEventKind.Pulled);
    }

    [Fact]
    public async Task An_edit_of_another_process_is_sent()
    {
        await BeginAsync();
        using (var store = StoreFile.Open(_scene.Home))
        {
            Curation.Apply(store, Id(), new CurationChange { Title = "Renamed" });
        }

        await _scene.UntilAsync(() => _scene.Wire.Cloud.Commits.Values.Any(commit => commit.ShownTitle == "Renamed"), "the cloud has the new title");
    }

    [Fact]
    public async Task Two_edits_that_meet_are_a_conflict_that_names_the_commit()
    {
        await BeginAsync();
        var id = Id();
        // The other machine edits last in the cloud; this one, which has not seen it, edits too.
        _scene.Wire.Nudges.IsMute = true;
        await _scene.OtherMachineAsync(store => Curation.Apply(store, id, new CurationChange { Title = "Theirs" }));
        using (var store = StoreFile.Open(_scene.Home))
        {
            Curation.Apply(store, id, new CurationChange { Title = "Ours" });
        }

        var conflict = await _scene.UntilAsync(WatchEventKind.Conflict);
        Assert.Equal((id, "loom"), (conflict.CommitId, conflict.Project));
    }

    [Fact]
    public async Task Offline_is_told_once_and_nothing_is_lost()
    {
        await BeginAsync();
        _scene.Wire.Trouble = _scene.Wire.Away;
        Append(lines => lines.Prompt("Again"));
        var offline = await _scene.UntilAsync(WatchEventKind.Offline);
        Assert.NotNull(offline.NextTry);
        await _scene.UntilAsync(WatchEventKind.Captured, 2);
        await _scene.UntilAsync(() => _scene.Status is { Connection: ConnectionState.Offline, Failures: >= 2 }, "it was tried again");
        Assert.Contains("no connection", _scene.Status!.Reason, StringComparison.Ordinal);
        Append(lines => lines.Prompt("And again"));
        await _scene.UntilAsync(WatchEventKind.Captured, 3);

        _scene.Wire.Trouble = null;
        await _scene.UntilAsync(WatchEventKind.Online);
        await _scene.UntilAsync(() => _scene.Wire.Cloud.Turns.Count == 3, "all of it arrived");

        Assert.Single(_scene.Of(WatchEventKind.Offline));
        await _scene.UntilAsync(() => _scene.Status!.FailingSince is null, "nothing fails");
    }

    [Fact]
    public async Task A_sign_in_that_ended_is_told_once_and_nothing_is_asked_until_somebody_signs_in()
    {
        await BeginAsync();
        _scene.Wire.Trouble = new CogCommitException("SignInEnded", "Sign in again.", ErrorKind.Unauthorized);
        Append(lines => lines.Prompt("Again"));
        Assert.Equal("SignInEnded", (await _scene.UntilAsync(WatchEventKind.Error)).ErrorId);
        await _scene.UntilAsync(() => _scene.Status!.Connection == ConnectionState.Off, "it is off");
        await _scene.UntilAsync(WatchEventKind.Captured, 2);
        var requests = _scene.Wire.Requests;
        Append(lines => lines.Prompt("And again"));
        await _scene.UntilAsync(WatchEventKind.Captured, 3);
        Assert.Equal(requests, _scene.Wire.Requests);

        _scene.Wire.Trouble = null;
        _scene.SignIn("ann");
        await _scene.UntilAsync(() => _scene.Wire.Cloud.Turns.Count == 3, "all of it arrived");
        Assert.Single(_scene.Of(WatchEventKind.Error));
    }

    [Fact]
    public async Task A_refusal_is_told_once_however_often_it_comes()
    {
        await BeginAsync();
        _scene.Wire.Trouble = new CogCommitException("MigrationsMissing", "Apply the migrations.", ErrorKind.NotFound);
        Append(lines => lines.Prompt("Again"));
        Assert.Equal("MigrationsMissing", (await _scene.UntilAsync(WatchEventKind.Error)).ErrorId);
        await _scene.UntilAsync(() => _scene.Status!.Failures >= 2, "it was tried again");

        Assert.Single(_scene.Of(WatchEventKind.Error));
    }

    [Fact]
    public async Task A_wiped_cloud_gets_nothing_until_the_user_says_so()
    {
        await BeginAsync();
        _scene.Wire.Cloud.Wipe(dryRun: false);
        Append(lines => lines.Prompt("Again"));
        Assert.Equal("CloudWiped", (await _scene.UntilAsync(WatchEventKind.Error)).ErrorId);
        await _scene.UntilAsync(WatchEventKind.Captured, 2);
        Append(lines => lines.Prompt("And again"));
        await _scene.UntilAsync(WatchEventKind.Captured, 3);
        Assert.Empty(_scene.Wire.Cloud.Turns);

        await _scene.UploadAgainAsync();
        Append(lines => lines.Prompt("Once more"));
        await _scene.UntilAsync(() => _scene.Wire.Cloud.Turns.Count == 4, "it goes on");
        Assert.Single(_scene.Of(WatchEventKind.Error));
    }

    [Fact]
    public async Task Nobody_signed_in_is_no_error_and_who_signs_in_is_synced_at_once()
    {
        _session.Prompt("Weave").Write(_scene.Folder);
        await _scene.StartAsync();
        await _scene.UntilAsync(WatchEventKind.Captured);
        Assert.Equal((ConnectionState.Off, "Nobody is signed in."), (_scene.Status!.Connection, _scene.Status.Reason));

        _scene.SignIn("ann");
        await _scene.UntilAsync(WatchEventKind.Pushed);
        Assert.Contains("ann", (await _scene.UntilAsync(WatchEventKind.SettingsChanged)).Message, StringComparison.Ordinal);
        Assert.DoesNotContain(_scene.Events, happened => happened.Kind == WatchEventKind.Error);
    }

    [Theory]
    [InlineData("storage", "local", "cloud")]
    [InlineData("continuous-sync", false, true)]
    public async Task Where_nothing_is_to_be_synced_it_only_captures_and_both_ways_take_effect_at_once(string key, object off, object on)
    {
        await BeginAsync();
        _scene.Set(key, off);
        await _scene.UntilAsync(() => _scene.Status!.Connection == ConnectionState.Off, "it is off");
        Assert.Contains(key, _scene.Status!.Reason, StringComparison.Ordinal);
        Append(lines => lines.Prompt("Again"));
        await _scene.UntilAsync(WatchEventKind.Captured, 2);
        await _scene.UntilAsync(WatchEventKind.SettingsChanged);
        Assert.Single(_scene.Wire.Cloud.Turns);

        _scene.Set(key, on);
        await _scene.UntilAsync(() => _scene.Wire.Cloud.Turns.Count == 2, "it is on again");
    }

    [Fact]
    public async Task A_damaged_config_is_told_and_what_was_in_force_stays()
    {
        await BeginAsync();
        var config = File.ReadAllText(_scene.Home.ConfigPath);
        File.WriteAllText(_scene.Home.ConfigPath, "{ \"storage\": ");
        Assert.Equal("ConfigDamaged", (await _scene.UntilAsync(WatchEventKind.Error)).ErrorId);

        Append(lines => lines.Prompt("Again"));
        await _scene.UntilAsync(() => _scene.Wire.Cloud.Turns.Count == 2, "it goes on as before");
        File.WriteAllText(_scene.Home.ConfigPath, config.Replace("10ms", "20ms", StringComparison.Ordinal));
        Assert.Contains("sync-debounce", (await _scene.UntilAsync(WatchEventKind.SettingsChanged)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_sends_what_waits()
    {
        await BeginAsync();
        _scene.Set("sync-max-wait", "1h");
        _scene.Set("sync-debounce", "1m");
        await _scene.UntilAsync(() => _scene.Events.Any(happened => happened.Message.Contains("sync-debounce", StringComparison.Ordinal)), "nothing is sent for a minute");
        Append(lines => lines.Prompt("Again"));
        await _scene.UntilAsync(WatchEventKind.Captured, 2);
        Assert.Single(_scene.Wire.Cloud.Turns);

        await _scene.StopAsync();
        Assert.Equal(2, _scene.Wire.Cloud.Turns.Count);
        Assert.Equal([WatchEventKind.Pushed, WatchEventKind.Stopped], _scene.Events.Skip(_scene.Events.Count - 2).Select(happened => happened.Kind));
    }

    [Fact]
    public async Task A_stop_does_not_wait_for_a_cloud_that_does_not_answer()
    {
        await BeginAsync();
        _scene.Wire.Gate = new TaskCompletionSource().Task;
        var requests = _scene.Wire.Requests;
        Append(lines => lines.Prompt("Again"));
        await _scene.UntilAsync(WatchEventKind.Captured, 2);
        await _scene.UntilAsync(() => _scene.Wire.Requests > requests, "a push or pull is under way");

        await _scene.StopAsync();
        Assert.Equal(WatchEventKind.Stopped, _scene.Events[^1].Kind);
        Assert.Equal(1, _scene.Scalar("select count(*) from turns where change_seq > pushed_seq"));
    }

    [Fact]
    public async Task With_NoSync_nobody_is_asked_who_is_signed_in()
    {
        await using var scene = new WatchScene { Options = new() { NoSync = true } };
        scene.SignIn("ann");
        new TranscriptBuilder("s1").Prompt("Weave").Write(scene.Folder);
        await scene.StartAsync();
        await scene.UntilAsync(WatchEventKind.Captured);
        await scene.StopAsync();

        Assert.Equal(0, scene.Wire.Requests);
        Assert.Equal(ConnectionState.Off, scene.Status!.Connection);
    }

    [Fact]
    public async Task Another_users_store_is_not_sent()
    {
        await BeginAsync();
        _scene.SignIn("somebody else");
        Assert.Equal("OtherOwner", (await _scene.UntilAsync(WatchEventKind.Error)).ErrorId);
        Append(lines => lines.Prompt("Again"));
        await _scene.UntilAsync(WatchEventKind.Captured, 2);
        Assert.Single(_scene.Wire.Cloud.Turns);

        _scene.SignIn("ann");
        await _scene.UntilAsync(() => _scene.Wire.Cloud.Turns.Count == 2, "the first one is back");
    }

    private async Task BeginAsync()
    {
        _scene.SignIn("ann");
        _session.Prompt("Weave").Write(_scene.Folder);
        await _scene.StartAsync();
        await _scene.UntilAsync(WatchEventKind.Captured);
        if (_scene.Home.ConfigPath is var config && !File.ReadAllText(config).Contains("\"1m\"", StringComparison.Ordinal))
        {
            await _scene.UntilAsync(WatchEventKind.Pushed);
        }
        else
        {
            await _scene.UntilAsync(() => _scene.Wire.Cloud.Turns.Count == 1 || _scene.Status!.LastSync is not null, "the first sync is over");
        }

        await _scene.UntilAsync(() => _scene.Status is { Connection: ConnectionState.Listening, LastSync: not null }, "it listens");
    }

    private string Id()
    {
        using var store = StoreFile.Open(_scene.Home);
        using var reader = store.OpenReader();
        using var command = reader.CreateCommand();
        command.CommandText = "select id from cognitive_commits";
        return (string)command.ExecuteScalar()!;
    }

    private void Append(Action<TranscriptBuilder> write)
    {
        write(_session);
        _session.AppendTo(Path.Combine(_scene.Folder, "s1.jsonl"));
    }
}
