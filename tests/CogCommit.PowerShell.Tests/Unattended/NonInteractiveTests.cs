using System.Management.Automation;
using System.Management.Automation.Runspaces;
using CogCommit.PowerShell.Tests.Engine;
using CogCommit.PowerShell.Tests.Samples;
using CogCommit.PowerShell.Tests.Secrets;

namespace CogCommit.PowerShell.Tests.Unattended;

/// <summary>Nobody sits there: nothing asks, and nothing waits for an answer.</summary>
public sealed class NonInteractiveTests : IDisposable
{
    // Every other line of the cases runs as it stands; these would ask, and are told not to.
    private static readonly string[] Asking = ["Clear-CogCommitCloud", "Remove-CogCommit", "Remove-CogCommitAccount", "Remove-CogCommitVisual"];

    private readonly BareEngine _engine = new();
    private readonly Variables _variables = new();
    private readonly DeafHost _host = new();
    private readonly Runspace _runspace;

    public NonInteractiveTests()
    {
        foreach (var name in (string[])["CI", "TF_BUILD", UnattendedMachine.Url, UnattendedMachine.AnonKey, UnattendedMachine.Token])
        {
            _variables[name] = null;
        }
        _runspace = BareEngine.NewRunspace(_host);
        Run("Import-Module $args[0]; Import-CogCommit $args[1]", RepositoryRoot.Manifest, History.Write(_engine.Folder)).Fine();
        Directory.CreateDirectory(Path.Combine(_engine.Folder, "out"));
    }

    public static TheoryData<int, string> Cases
    {
        get
        {
            var cases = new TheoryData<int, string>();
            for (var index = 0; index < SecretCase.All.Count; index++)
            {
                cases.Add(index, SecretCase.All[index].Command);
            }
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void No_cmdlet_asks(int index, string command)
    {
        var line = SecretCase.All[index];
        Assert.Equal(command, line.Command);
        // What wants a person at a browser has a test of its own.
        var script = line.Script.Replace(" -NoBrowser", "", StringComparison.Ordinal).Replace(" --no-browser", "", StringComparison.Ordinal);
        _runspace.SessionStateProxy.SetVariable("folder", Path.Combine(_engine.Folder, "out"));
        _runspace.SessionStateProxy.SetVariable("transcripts", Path.Combine(_engine.Folder, "projects"));
        _runspace.SessionStateProxy.SetVariable("refreshToken", new System.Net.NetworkCredential("", "t").SecurePassword);

        var outcome = Run(script);

        Assert.Empty(_host.Asked);
        Assert.DoesNotContain(outcome.Errors.Append(outcome.Terminating), error => error?.ToString().Contains("NonInteractive", StringComparison.Ordinal) == true);
    }

    [Theory]
    [InlineData("Get-CogCommit | Remove-CogCommit -IncludeUnpushed")]
    [InlineData("Get-CogCommit | Remove-CogCommit -Cloud")]
    public void What_would_ask_fails_there_and_changes_nothing(string script)
    {
        var outcome = Run(script);

        var error = outcome.Terminating ?? Assert.Single(outcome.Errors);
        Assert.Contains("NonInteractive", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(4, Run("Get-CogCommit").Fine().Output.Count);

        Run(script + " -Force").Fine();
        Assert.Empty(Run("Get-CogCommit").Fine().Output);
    }

    [Fact]
    public void Every_cmdlet_that_asks_by_itself_is_known_here()
    {
        var asking = Run(
            """
            (Get-Command -Module CogCommit -CommandType Cmdlet).Where{
                $_.ImplementingType.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $false).ConfirmImpact -eq 'High'
            }.Name
            """).Fine().Output.Select(name => name.ToString()).Order(StringComparer.Ordinal);

        Assert.Equal(Asking, asking);
    }

    [Fact]
    public void Without_a_token_Connect_says_at_once_how_to_sign_in_unattended()
    {
        var error = Run("Connect-CogCommit https://cloud.invalid key").OneError();

        Assert.Equal(("NobodyToSignIn", ErrorCategory.AuthenticationError), (error.Id(), error.CategoryInfo.Category));
        foreach (var way in new[] { "COGCOMMIT_REFRESH_TOKEN", "-RefreshToken (Get-Secret", "-NoBrowser once", "docs/automation.md" })
        {
            Assert.Contains(way, error.ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("CI", "true")]
    [InlineData("TF_BUILD", "True")]
    public void A_build_service_has_nobody_whatever_its_host_can_do(string name, string value)
    {
        using var runspace = BareEngine.NewRunspace(new Screen());
        _variables[name] = value;

        var error = BareEngine.RunIn(runspace, "Import-Module $args[0]; Connect-CogCommit https://cloud.invalid key", RepositoryRoot.Manifest).OneError();

        Assert.Equal("NobodyToSignIn", error.Id());
    }

    [Fact]
    public void A_host_without_a_screen_has_nobody()
    {
        var error = _engine.Run("Connect-CogCommit https://cloud.invalid key").OneError();

        Assert.Equal("NobodyToSignIn", error.Id());
    }

    public void Dispose()
    {
        _runspace.Dispose();
        _variables.Dispose();
        _engine.Dispose();
    }

    private Outcome Run(string script, params object?[] arguments) => BareEngine.RunIn(_runspace, script, arguments);
}
