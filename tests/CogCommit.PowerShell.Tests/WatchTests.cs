using System.Management.Automation;
using CogCommit.PowerShell.Tests.Engine;
using CogCommit.PowerShell.Tests.Samples;

namespace CogCommit.PowerShell.Tests;

/// <summary>Watching in a pipeline: what it emits, what binds to it, and how it ends.</summary>
public sealed class WatchTests : IDisposable
{
    private readonly BareEngine _engine = new();

    [Fact]
    public void What_is_there_is_captured_and_what_is_appended_too()
    {
        var transcripts = History.Write(_engine.Folder);
        var session = new Transcript("lantern", start: "2026-02-14T08:00:00Z").Prompt("Light it").Answer("It is lit.");
        var path = session.Write(_engine.Folder);
        // The end of a line that the agent is still writing, and a commit with it.
        var later = File.ReadAllLines(session.GitCommit("eeee3333ffff", "Light").Write(_engine.Folder));
        File.WriteAllLines(path, later[..2]);

        var outcome = _engine.Run(
            """
            param($transcripts, $path, $rest)
            do {
                Watch-CogCommit $transcripts -NoSync | ForEach-Object {
                    $_
                    if ($_.Kind -eq 'Captured' -and $_.Project -eq 'lantern' -and -not $appended) { $appended = $true; [System.IO.File]::AppendAllLines($path, [string[]]$rest) }
                    if ($_.Kind -eq 'CommitClosed' -and $_.GitHash -like 'eeee*') { break }
                }
            } while ($false)
            """,
            transcripts, path, later[2..]).Fine();

        Assert.All(outcome.Output, happened => Assert.Equal("CogCommit.WatchEvent", happened.BaseObject.GetType().FullName));
        var closed = outcome.Output[^1];
        Assert.Equal(("lantern", "eeee3333ffff", session.SessionId), (closed.Get<string>("Project"), closed.Get<string>("GitHash"), closed.Get<string>("AgentSessionId")));
        Assert.Equal("Started", outcome.Output[0].Get<object>("Kind").ToString());
        Assert.Equal([true], _engine.Run("Get-CogCommit -Project lantern").Fine().All<object>("GitHash").Select(hash => "eeee3333ffff".Equals(hash)));
        // It let go of the home.
        Assert.False(_engine.Run("Get-CogCommitDaemon").Fine().One.Get<bool>("IsRunning"));
    }

    [Fact]
    public void Its_events_bind_to_the_commit_they_speak_of()
    {
        var outcome = _engine.Run(
            """
            do {
                Watch-CogCommit $args[0] -NoSync | ForEach-Object { if ($_.Kind -eq 'CommitClosed') { $_; if (++$closed -eq 2) { break } } }
            } while ($false)
            """,
            History.Write(_engine.Folder)).Fine();

        var commits = _engine.Run("$args | Get-CogCommit", [.. outcome.Output]).Fine();
        Assert.Equal([History.FirstHash, History.SecondHash], commits.All<string>("GitHash").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void It_ends_by_itself_after_the_time_it_was_given()
    {
        var outcome = _engine.Run("Watch-CogCommit $args[0] -NoSync -Timeout 00:00:00.5", History.Write(_engine.Folder)).Fine();

        Assert.Equal(("Started", "Stopped"), (outcome.Output[0].Get<object>("Kind").ToString(), outcome.Output[^1].Get<object>("Kind").ToString()));
    }

    [Fact]
    public void One_that_is_stopped_lets_go_and_another_begins_where_it_was()
    {
        var transcripts = History.Write(_engine.Folder);
        Action stop = () => { };
        _engine.Watch(
            shell => stop = () => shell.BeginStop(null, null),
            "param($path, $stop) Watch-CogCommit $path -NoSync | ForEach-Object { if ($_.Kind -eq 'Captured') { $stop.Invoke() } }", transcripts, new Action(() => stop()));
        Assert.False(_engine.Run("Get-CogCommitDaemon").Fine().One.Get<bool>("IsRunning"));

        // The rest, and nothing twice.
        _engine.Run("do { Watch-CogCommit $args[0] -NoSync | ForEach-Object { if (@(Get-CogCommit).Count -eq 4) { break } } } while ($false)", transcripts).Fine();
        Assert.Equal(10, _engine.Run("Get-CogCommitTurn").Fine().Output.Count);
    }

    [Theory]
    [InlineData("Watch-CogCommit -Timeout -00:00:01", "InvalidTimeout", ErrorCategory.InvalidArgument)]
    [InlineData("Watch-CogCommit -Timeout 100.00:00:00", "InvalidTimeout", ErrorCategory.InvalidArgument)]
    [InlineData("Watch-CogCommit ./nowhere -NoSync", "PathNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("Watch-CogCommit -LiteralPath ./nowhere* -NoSync", "PathNotFound", ErrorCategory.ObjectNotFound)]
    public void What_cannot_be_watched_is_an_error(string script, string id, ErrorCategory category)
    {
        var error = _engine.Run(script).OneError();

        Assert.Equal((id, category), (error.Id(), error.CategoryInfo.Category));
        Assert.False(_engine.Run("Get-CogCommitDaemon").Fine().One.Get<bool>("IsRunning"));
    }

    public void Dispose() => _engine.Dispose();
}
