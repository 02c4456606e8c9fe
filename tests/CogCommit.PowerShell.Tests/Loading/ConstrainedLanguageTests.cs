using System.Management.Automation;
using System.Management.Automation.Runspaces;
using CogCommit.PowerShell.Tests.Engine;
using CogCommit.PowerShell.Tests.Samples;

namespace CogCommit.PowerShell.Tests.Loading;

/// <summary>
/// A session in ConstrainedLanguage, as a policy for scripts makes it. Imported in such a session the module's own script is constrained
/// too; imported before, or signed by somebody whom the policy trusts, it is not. What a policy for assemblies does only Windows shows.
/// </summary>
public sealed class ConstrainedLanguageTests : IDisposable
{
    private readonly BareEngine _engine = new();
    private readonly Runspace _runspace = BareEngine.NewRunspace();

    public static TheoryData<bool> ScriptConstrained => [true, false];

    [Theory]
    [MemberData(nameof(ScriptConstrained))]
    public void The_cmdlets_work_as_ever(bool constrained)
    {
        Constrain(constrained);

        Run("Import-CogCommit $args[0]", History.Write(_engine.Folder)).Fine();
        Assert.Equal(2, Run("Search-CogCommit retry -Role user").Fine().Output.Count);
        Assert.Equal(4, Run("Get-CogCommit -Since 2020-01-01 | Get-CogCommit | ForEach-Object { $_.Title }").Fine().Output.Count);
        Assert.NotEmpty(Run("Get-CogCommit | Export-CogCommit -Format Markdown").Fine().Output);
    }

    [Theory]
    [MemberData(nameof(ScriptConstrained))]
    public void So_do_the_originals_command_lines(bool constrained)
    {
        Constrain(constrained);

        Run("cogcommit import $args[0]", History.Write(_engine.Folder)).Fine();
        Assert.Equal(3, Run("cogcommit search --limit 3 retry").Fine().Output.Count);
        Assert.Equal(4, Run("cogcommit stats").Fine().One.Get<int>("Commits"));
        Assert.Equal("true", Run("cogcommit config set continuous-sync true").Fine().One.Get<string>("Value"), ignoreCase: true);
    }

    /// <summary>An error that only skips its own line would let the next one push.</summary>
    [Theory]
    [InlineData("cogcommit push --bogus", "cogcommit push has no option --bogus.")]
    [InlineData("cogcommit pusj", "cogcommit knows no 'pusj'.")]
    [InlineData("cogcommit prune", "Say how far back to keep")]
    [InlineData("cogcommit config set continuous-sync", "A setting is set by")]
    public void A_mistyped_line_does_nothing_and_says_why(string line, string said)
    {
        Constrain(scriptToo: true);

        var outcome = Run(line);

        Assert.StartsWith(said, outcome.Terminating?.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(outcome.Errors);
        Assert.Empty(outcome.Output);
    }

    public void Dispose()
    {
        _runspace.Dispose();
        _engine.Dispose();
    }

    private void Constrain(bool scriptToo)
    {
        if (!scriptToo)
        {
            Run("Import-Module $args[0]", RepositoryRoot.Manifest).Fine();
        }
        _runspace.SessionStateProxy.LanguageMode = PSLanguageMode.ConstrainedLanguage;
        Run("Import-Module $args[0]", RepositoryRoot.Manifest).Fine();
        Assert.NotEmpty(Run("[System.IO.File]::Exists('/')").Errors);
    }

    private Outcome Run(string script, params object?[] arguments) => BareEngine.RunIn(_runspace, script, arguments);
}
