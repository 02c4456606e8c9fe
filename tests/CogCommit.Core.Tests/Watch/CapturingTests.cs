using System.Text;
using CogCommit.Core.Store;
using CogCommit.Core.Tests.Capture.Import;

namespace CogCommit.Core.Tests.Watch;

/// <summary>Real files and the system's own notifications: what is appended is captured.</summary>
public sealed class CapturingTests : IAsyncDisposable
{
    private readonly WatchScene _scene = new();
    private readonly TranscriptBuilder _session = new("s1");

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task An_appended_line_is_an_event_and_only_it_is_read()
    {
        var path = _session.Prompt("Weave").Answer("Woven.").Write(_scene.Folder);
        await _scene.StartAsync();
        Assert.Equal(2, (await _scene.UntilAsync(WatchEventKind.Captured)).Turns);
        var length = new FileInfo(path).Length;

        Append(path, _session, lines => lines.Prompt("Again"));
        var captured = await _scene.UntilAsync(WatchEventKind.Captured, 2);

        Assert.Equal((1, 1, "loom", "s1", "Weave"), (captured.Turns, captured.Commits, captured.Project, captured.AgentSessionId, captured.Title));
        Assert.Equal(3, _scene.Scalar("select count(*) from turns"));
        Assert.Contains(_scene.Said, said => said.Contains($"from byte {length} on", StringComparison.Ordinal));
        Assert.Equal(1, _scene.Said.Count(said => said.StartsWith("Reading", StringComparison.Ordinal) && said.Contains("from its start", StringComparison.Ordinal)));
        Assert.Equal(1, _scene.Scalar($"select count(*) from cognitive_commits where id = '{captured.CommitId}'"));
    }

    [Fact]
    public async Task Half_a_line_waits_for_its_other_half()
    {
        var path = _session.Prompt("Weave").Write(_scene.Folder);
        await _scene.StartAsync();
        await _scene.UntilAsync(WatchEventKind.Captured);
        var line = Encoding.UTF8.GetBytes(new TranscriptBuilder("s1", start: "2026-03-01T11:00:00Z").Prompt("Torn and whole", "11111111-0000-4000-8000-000000000001").Lines[0] + "\n");

        Append(path, line[..40]);
        await _scene.UntilAsync(() => _scene.Scalar($"select size from transcripts where agent_session_id = 's1'") == new FileInfo(path).Length, "the half was looked at");
        Assert.Equal(1, _scene.Scalar("select count(*) from turns"));
        Append(path, line[40..]);
        await _scene.UntilAsync(WatchEventKind.Captured, 2);

        Assert.Equal(2, _scene.Scalar("select count(*) from turns"));
        Assert.DoesNotContain(_scene.Events, happened => happened.Kind == WatchEventKind.Error);
    }

    [Fact]
    public async Task A_git_commit_is_an_event_of_its_own_that_names_both()
    {
        var path = _session.Prompt("Weave").Write(_scene.Folder);
        await _scene.StartAsync();
        await _scene.UntilAsync(WatchEventKind.Captured);

        Append(path, _session, lines => lines.Commit("f00dc4f", "Weave it"));
        var closed = await _scene.UntilAsync(WatchEventKind.CommitClosed);

        Assert.Equal(("f00dc4f", "loom", "s1", "Weave"), (closed.GitHash, closed.Project, closed.AgentSessionId, closed.Title));
        Assert.Equal(1, _scene.Scalar($"select count(*) from cognitive_commits where id = '{closed.CommitId}' and closed_by = 'git_commit'"));
        Append(path, _session, lines => lines.Prompt("Next"));
        Assert.NotEqual(closed.CommitId, (await _scene.UntilAsync(WatchEventKind.Captured, happened => happened.Title == "Next")).CommitId);
        Assert.Single(_scene.Of(WatchEventKind.CommitClosed));
    }

    [Fact]
    public async Task Several_sessions_at_once_lose_nothing_and_take_nothing_twice()
    {
        await _scene.StartAsync();
        var writers = Enumerable.Range(0, 8).Select(number => Task.Run(() =>
        {
            var session = new TranscriptBuilder($"many{number}", $"/home/ann/projects/p{number}");
            var path = session.Prompt("Begin").Write(Path.Combine(_scene.Folder, $"p{number}"));
            for (var i = 0; i < 20; i++)
            {
                Append(path, session, lines => lines.Prompt($"Prompt {i}").Answer($"Answer {i}"));
            }
        })).ToArray();
        await Task.WhenAll(writers);
        await _scene.UntilAsync(() => _scene.Scalar("select count(*) from turns") == 8 * 41, "all turns are in the store");
        await _scene.StopAsync();

        Assert.Equal(8 * 41, _scene.Of(WatchEventKind.Captured).Sum(happened => happened.Turns));
        Assert.Equal(8, _scene.Scalar("select count(*) from cognitive_commits"));
    }

    [Fact]
    public async Task A_new_folder_with_a_transcript_in_it_is_seen()
    {
        await _scene.StartAsync();
        var made = Path.Combine(_scene.Folder, "new", "deeper");
        _session.Prompt("Weave").Write(made);

        Assert.Equal("s1", (await _scene.UntilAsync(WatchEventKind.Captured)).AgentSessionId);
    }

    [Fact]
    public async Task A_subagent_that_writes_before_its_main_session_is_captured_with_it()
    {
        await _scene.StartAsync();
        new TranscriptBuilder("s1", agentId: "a1").Prompt("Look for yarn").Answer("There is some.").Write(_scene.Folder);
        await _scene.UntilAsync(() => _scene.Said.Any(said => said.StartsWith("Found 1 transcript; 0 of them", StringComparison.Ordinal)), "the subagent was looked at");
        Assert.Equal(0, _scene.Scalar("select count(*) from turns"));
        _session.Prompt("Weave").Write(_scene.Folder);

        await _scene.UntilAsync(() => _scene.Scalar("select count(*) from turns") == 3, "both are in the store");
        Assert.Equal(1, _scene.Scalar("select count(*) from sessions where is_subagent"));
    }

    [Fact]
    public async Task A_transcript_that_is_moved_is_not_read_again()
    {
        var path = _session.Prompt("Weave").Answer("Woven.").Write(_scene.Folder);
        await _scene.StartAsync();
        await _scene.UntilAsync(WatchEventKind.Captured);
        var moved = Path.Combine(Directory.CreateDirectory(Path.Combine(_scene.Folder, "elsewhere")).FullName, Path.GetFileName(path));

        File.Move(path, moved);
        Append(moved, _session, lines => lines.Prompt("Again"));

        Assert.Equal(1, (await _scene.UntilAsync(WatchEventKind.Captured, 2)).Turns);
        Assert.Equal(3, _scene.Scalar("select count(*) from turns"));
    }

    [Fact]
    public async Task A_shorter_copy_that_changes_does_not_displace_the_longer_one()
    {
        var path = _session.Prompt("Weave").Answer("Woven.").Prompt("More").Write(_scene.Folder);
        var copy = Path.Combine(Directory.CreateDirectory(Path.Combine(_scene.Folder, "backup")).FullName, Path.GetFileName(path));
        await _scene.StartAsync();
        await _scene.UntilAsync(WatchEventKind.Captured);

        File.WriteAllText(copy, _session.Lines[0] + "\n");
        Append(path, _session, lines => lines.Prompt("And more"));
        await _scene.UntilAsync(WatchEventKind.Captured, 2);

        Assert.Equal(4, _scene.Scalar("select count(*) from turns"));
        Assert.Equal(1, _scene.Said.Count(said => said.StartsWith("Reading", StringComparison.Ordinal) && said.Contains("from its start", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_was_said_while_nobody_watched_comes_with_the_next_start_and_nothing_comes_twice()
    {
        var path = _session.Prompt("Weave").Write(_scene.Folder);
        await _scene.StartAsync();
        await _scene.UntilAsync(WatchEventKind.Captured);
        await _scene.StopAsync();
        Append(path, _session, lines => lines.Answer("Woven.").Prompt("Again"));
        await _scene.StartAsync();

        Assert.Equal(2, (await _scene.UntilAsync(WatchEventKind.Captured, 2)).Turns);
        await _scene.StopAsync();
        await _scene.StartAsync();
        await _scene.StopAsync();
        Assert.Equal(2, _scene.Of(WatchEventKind.Captured).Count());
        Assert.Equal(3, _scene.Scalar("select count(*) from turns"));
        Assert.Equal(3, _scene.Of(WatchEventKind.Stopped).Count());
    }

    [Fact]
    public async Task Who_has_years_of_sessions_is_told_of_them_in_one_event()
    {
        for (var i = 0; i < 30; i++)
        {
            new TranscriptBuilder($"old{i}").Prompt($"Prompt {i}").Commit($"abc{i:D4}", "Done").Write(_scene.Folder);
        }

        await _scene.StartAsync();
        var captured = await _scene.UntilAsync(WatchEventKind.Captured);
        await _scene.StopAsync();

        Assert.Equal((60, 30, null), (captured.Turns, captured.Commits, captured.AgentSessionId));
        Assert.Equal([WatchEventKind.Started, WatchEventKind.Captured, WatchEventKind.Stopped], _scene.Events.Select(happened => happened.Kind));
    }

    [Fact]
    public async Task An_excluded_project_is_never_captured_and_both_ways_take_effect_at_once()
    {
        _scene.Set("exclude-projects", new[] { "sec*" });
        var secret = new TranscriptBuilder("x1", "/home/ann/projects/secret");
        var hidden = secret.Prompt("Hidden").Write(_scene.Folder);
        var path = _session.Prompt("Weave").Write(_scene.Folder);
        await _scene.StartAsync();
        await _scene.UntilAsync(WatchEventKind.Captured);

        Append(hidden, secret, lines => lines.Prompt("Hidden too"));
        Append(path, _session, lines => lines.Prompt("Again"));
        await _scene.UntilAsync(WatchEventKind.Captured, 2);
        Assert.Equal(0, _scene.Scalar("select count(*) from turns where content like 'Hidden%'"));

        _scene.Set("exclude-projects", new[] { "loom" });
        await _scene.UntilAsync(WatchEventKind.SettingsChanged, happened => happened.Message.Contains("exclude-projects", StringComparison.Ordinal));
        await _scene.UntilAsync(() => _scene.Scalar("select count(*) from turns where content like 'Hidden%'") == 2, "what was passed over is captured");
        Append(path, _session, lines => lines.Prompt("Never seen"));
        Append(hidden, secret, lines => lines.Prompt("Hidden three"));
        await _scene.UntilAsync(() => _scene.Scalar("select count(*) from turns where content like 'Hidden%'") == 3, "the other one goes on");
        Assert.Equal(0, _scene.Scalar("select count(*) from turns where content = 'Never seen'"));
    }

    [Fact]
    public async Task A_line_that_cannot_be_read_is_told_and_the_rest_is_captured()
    {
        var path = _session.Prompt("Weave").Write(_scene.Folder);
        await _scene.StartAsync();
        await _scene.UntilAsync(WatchEventKind.Captured);

        Append(path, _session, lines => lines.Raw("{ broken").Prompt("Again"));
        var error = await _scene.UntilAsync(WatchEventKind.Error);

        Assert.Equal("BadLine", error.ErrorId);
        Assert.Contains("line 2", error.Message, StringComparison.Ordinal);
        await _scene.UntilAsync(WatchEventKind.Captured, 2);
    }

    [Fact]
    public async Task A_newer_store_ends_it_with_what_to_do()
    {
        var path = _session.Prompt("Weave").Write(_scene.Folder);
        await _scene.StartAsync();
        await _scene.UntilAsync(WatchEventKind.Captured);
        using (var store = StoreFile.Open(_scene.Home))
        {
            store.Write(transaction => transaction.Execute("insert into schema_version (version) values (9999)"));
        }

        Append(path, _session, lines => lines.Prompt("Again"));
        var error = await Assert.ThrowsAsync<CogCommitException>(_scene.EndAsync);
        Assert.Equal("StoreIsNewer", error.ErrorId);
    }

    private static void Append(string path, TranscriptBuilder session, Action<TranscriptBuilder> write)
    {
        var before = session.Lines.Count;
        write(session);
        Append(path, Encoding.UTF8.GetBytes(string.Concat(session.Lines.Skip(before).Select(line => line + "\n"))));
    }

    private static void Append(string path, byte[] bytes)
    {
        using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        file.Write(bytes);
    }
}
