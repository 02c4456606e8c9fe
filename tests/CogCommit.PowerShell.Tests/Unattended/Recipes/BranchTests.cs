using System.Diagnostics;
using CogCommit.PowerShell.Tests.Engine;
using CogCommit.PowerShell.Tests.Samples;

namespace CogCommit.PowerShell.Tests.Unattended.Recipes;

/// <summary>The commits of a branch, beside what was said for them.</summary>
public sealed class BranchTests : IDisposable
{
    private readonly BareEngine _engine = new();

    [Fact]
    public void Each_git_commit_of_the_branch_stands_beside_its_session_and_those_of_main_do_not()
    {
        var tree = Directory.CreateDirectory(Path.Combine(_engine.Folder, "tree")).FullName;
        Git(tree, "init", "--quiet", "--initial-branch", "main");
        Commit(tree, "Begin");
        Git(tree, "switch", "--quiet", "--create", "crane");
        var withAgent = Commit(tree, "Turn the crane");
        Commit(tree, "By hand");
        new Transcript("harbour", "crane").Prompt("Make the crane turn").GitCommit(withAgent[..9], "Turn the crane").Write(_engine.Folder);
        _engine.Run("Import-CogCommit $args[0]", Path.Combine(_engine.Folder, "projects")).Fine();

        var lines = _engine.Run("$null = $ExecutionContext.SessionState.Path.SetLocation($args[0]); & $args[1]", tree, Recipe.Named("branch.ps1").WriteTo(_engine.Folder)).Fine();

        Assert.Equal(["Turn the crane", "By hand"], lines.All<string>("Subject"));
        Assert.Equal(["Make the crane turn", ""], lines.All<string>("Session"));
        Assert.Equal(withAgent[..8], lines.Output[0].Get<string>("Hash"));
        Assert.Equal("Make the crane turn", _engine.Run("$args[0] | Get-CogCommit", lines.Output[0]).Fine().One.Get<string>("Title"));
    }

    [Fact]
    public void A_base_that_git_does_not_know_is_an_error_and_no_empty_list()
    {
        Git(_engine.Folder, "init", "--quiet", "--initial-branch", "main");
        Commit(_engine.Folder, "Begin");

        var outcome = _engine.Run(
            "$null = $ExecutionContext.SessionState.Path.SetLocation($args[0]); & $args[1] -Base nowhere", _engine.Folder, Recipe.Named("branch.ps1").WriteTo(_engine.Folder));

        Assert.Empty(outcome.Output);
        Assert.Equal("ProgramExitedWithNonZeroCode", outcome.Terminating!.FullyQualifiedErrorId);
    }

    public void Dispose() => _engine.Dispose();

    private static string Commit(string tree, string subject)
    {
        Git(tree, "-c", "user.name=Ann", "-c", "user.email=ann@example.org", "-c", "commit.gpgsign=false", "commit", "--quiet", "--allow-empty", "--message", subject);
        return Git(tree, "rev-parse", "HEAD").Trim();
    }

    private static string Git(string folder, params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true })!;
        var said = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
        return said;
    }
}
