using System.Text.RegularExpressions;

namespace CogCommit.Architecture.Tests;

/// <summary>What runs on somebody else's machines with this repository's rights.</summary>
public partial class WorkflowTests
{
    private static string Folder => Path.Combine(Assemblies.Repository, ".github", "workflows");

    public static TheoryData<string> Workflows => [.. Directory.EnumerateFiles(Folder, "*.y*ml").Select(file => Path.GetFileName(file)!)];

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Each_action_is_pinned_to_a_commit_with_its_version_beside_it(string workflow)
    {
        var uses = Uses().Matches(Read(workflow)).Select(match => match.Value.Trim()).ToArray();

        Assert.NotEmpty(uses);
        Assert.All(uses, line => Assert.Matches(@"uses: [\w-]+/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line));
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public void It_may_read_and_nothing_else(string workflow)
    {
        var text = Read(workflow);

        Assert.Equal(["permissions:\n  contents: read\n\n"], Permissions().Matches(text).Select(match => match.Value));
        Assert.DoesNotContain("secrets.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("pull_request_target", text, StringComparison.Ordinal);
        Assert.Contains("persist-credentials: false", text, StringComparison.Ordinal);
    }

    /// <summary>What somebody calls a branch or a pull request is no part of a script.</summary>
    [Theory]
    [MemberData(nameof(Workflows))]
    public void Nothing_that_a_stranger_writes_reaches_a_shell(string workflow) =>
        Assert.DoesNotMatch(@"\$\{\{\s*github\.(event|head_ref)", Read(workflow));

    /// <summary>Three systems with two PowerShells each, and the same task as everywhere.</summary>
    [Fact]
    public void Continuous_integration_runs_the_tests_on_each_system_with_each_PowerShell()
    {
        var text = Read("ci.yml");

        Assert.Matches(@"os: \[windows-[\w.-]+, macos-[\w.-]+, ubuntu-[\w.-]+\]", text);
        Assert.Contains("pwsh: ['7.4', '7.6']", text, StringComparison.Ordinal);
        Assert.Contains("run: dotnet run --project build -- test\n", text, StringComparison.Ordinal);
        Assert.Contains("dotnet run --project build -- test", File.ReadAllText(Path.Combine(Assemblies.Repository, ".ci", "run")), StringComparison.Ordinal);
        Assert.Contains("timeout-minutes:", text, StringComparison.Ordinal);
        Assert.Contains("concurrency:", text, StringComparison.Ordinal);
    }

    private static string Read(string workflow) => File.ReadAllText(Path.Combine(Folder, workflow)).ReplaceLineEndings("\n");

    [GeneratedRegex(@"^.*\buses:.*$", RegexOptions.Multiline)]
    private static partial Regex Uses();

    [GeneratedRegex(@"^[ ]*permissions:.*\n([ ]+.*\n)*\n?", RegexOptions.Multiline)]
    private static partial Regex Permissions();
}
