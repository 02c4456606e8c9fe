using System.Diagnostics;
using System.Management.Automation;
using CogCommit.PowerShell.Tests.Engine;
using CogCommit.PowerShell.Tests.Samples;

namespace CogCommit.PowerShell.Tests;

public sealed class GitRevisionTests : IDisposable
{
    private readonly BareEngine _engine = new();
    private readonly string _tree;

    public GitRevisionTests()
    {
        _tree = Directory.CreateDirectory(Path.Combine(_engine.Folder, "lighthouse")).FullName;
        Git("init", "--quiet", "--initial-branch=main");
        foreach (var subject in new[] { "Retry uploads", "Blink" })
        {
            Git("-c", "user.name=Ann", "-c", "user.email=ann@example.org", "commit", "--quiet", "--allow-empty", "-m", subject);
        }
        Git("tag", "v1", "HEAD~1");
        new Transcript()
            .Prompt("Add a retry").GitCommit(Git("rev-parse", "--short", "HEAD~1"), "Retry uploads")
            .Prompt("Blink").GitCommit(Git("rev-parse", "--short", "HEAD"), "Blink")
            .Write(_engine.Folder);
        _engine.Run("$null = Import-CogCommit $args[0]; $null = $ExecutionContext.SessionState.Path.SetLocation($args[1])", Path.Combine(_engine.Folder, "projects"), _tree).Fine();
    }

    [Theory]
    [InlineData("HEAD", "Blink")]
    [InlineData("main", "Blink")]
    [InlineData("@", "Blink")]
    [InlineData("HEAD~1", "Retry uploads")]
    [InlineData("HEAD^", "Retry uploads")]
    [InlineData("v1", "Retry uploads")]
    public void Git_says_which_commit_a_revision_is(string revision, string subject) =>
        Assert.Equal(subject, _engine.Run("Get-CogCommit -GitHash $args[0]", revision).Fine().One.Get<string>("GitSubject"));

    [Fact]
    public void The_whole_hash_finds_what_git_printed_short() =>
        Assert.Equal("Blink", _engine.Run("Get-CogCommit -GitHash $args[0]", Git("rev-parse", "HEAD")).Fine().One.Get<string>("GitSubject"));

    [Theory]
    [InlineData("nowhere")]
    [InlineData("--version")]
    [InlineData("abc")]
    public void What_git_does_not_know_is_an_error(string revision)
    {
        var error = _engine.Run("Get-CogCommit -GitHash $args[0]", revision).OneError();

        Assert.Equal(("UnknownGitRevision", ErrorCategory.ObjectNotFound), (error.Id(), error.CategoryInfo.Category));
        Assert.Equal(revision, error.TargetObject);
    }

    [Fact]
    public void What_git_complains_of_is_a_sentence_of_its_own()
    {
        var outside = Directory.CreateDirectory(Path.Combine(_engine.Folder, "outside")).FullName;
        // Git says of it what is wrong, without a full stop.
        File.WriteAllText(Path.Combine(outside, ".git"), "gitdir: nowhere");

        var error = _engine.Run("$null = $ExecutionContext.SessionState.Path.SetLocation($args[0]); Get-CogCommit -GitHash HEAD", outside).OneError();

        Assert.Equal("UnknownGitRevision", error.Id());
        Assert.Matches(@": fatal: [^\n]*[^.!?\n]\. Give a hash", error.ToString());
    }

    [Fact]
    public void Without_git_a_hash_still_finds()
    {
        var hash = Git("rev-parse", "HEAD");
        var path = Environment.GetEnvironmentVariable("PATH");
        try
        {
            Environment.SetEnvironmentVariable("PATH", _engine.Folder);

            Assert.Single(_engine.Run("Get-CogCommit -GitHash $args[0]", hash).Fine().Output);
            Assert.Equal("GitNotFound", _engine.Run("Get-CogCommit -GitHash HEAD").OneError().Id());
        }
        finally
        {
            Environment.SetEnvironmentVariable("PATH", path);
        }
    }

    public void Dispose() => _engine.Dispose();

    private string Git(params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = _tree, RedirectStandardOutput = true })!;
        var said = git.StandardOutput.ReadToEnd().Trim();
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
        return said;
    }
}
