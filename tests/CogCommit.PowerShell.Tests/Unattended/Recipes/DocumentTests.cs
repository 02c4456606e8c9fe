using System.Management.Automation;
using System.Management.Automation.Language;
using CogCommit.PowerShell.Tests.Engine;

namespace CogCommit.PowerShell.Tests.Unattended.Recipes;

/// <summary>What docs/automation.md says of our cmdlets is so.</summary>
public sealed class DocumentTests : IDisposable
{
    // Where each recipe is run as it stands, or, where only its system could run it, checked. The two that need Group-Object and Export-Csv run in tests/Pester/Automation.Tests.ps1.
    private static readonly Dictionary<string, string> TestedBy = new()
    {
        ["hourly.ps1"] = nameof(HourlyTests),
        ["crontab"] = nameof(SchedulerTests),
        ["cogcommit.service"] = nameof(SchedulerTests),
        ["cogcommit.timer"] = nameof(SchedulerTests),
        ["org.cogcommit.hourly.plist"] = nameof(SchedulerTests),
        ["task-scheduler.ps1"] = nameof(SchedulerTests),
        ["digest.ps1"] = "Automation.Tests.ps1",
        ["failed-by-mail.ps1"] = nameof(MailTests),
        ["turns-per-model.ps1"] = "Automation.Tests.ps1",
        ["branch.ps1"] = nameof(BranchTests),
    };

    private readonly BareEngine _engine = new();

    [Fact]
    public void Every_recipe_is_run_or_checked_somewhere()
    {
        Assert.Equal(TestedBy.Keys.Order(), Recipe.All.Select(recipe => recipe.Name).OfType<string>().Order());
        var pester = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "tests", "Pester", "Automation.Tests.ps1"));
        Assert.All(TestedBy.Where(entry => entry.Value.EndsWith(".ps1", StringComparison.Ordinal)), entry => Assert.Contains(entry.Key, pester, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_script_parses_and_names_cmdlets_and_parameters_that_exist()
    {
        var ours = _engine.Run("Get-Command -Module CogCommit -CommandType Cmdlet").Fine().Output.ToDictionary(
            command => command.Get<string>("Name"), command => (CmdletInfo)command.BaseObject, StringComparer.OrdinalIgnoreCase);
        var seen = 0;
        foreach (var recipe in Recipe.All.Where(recipe => recipe.Language == "powershell"))
        {
            var tree = Parser.ParseInput(recipe.Text.Replace('<', '_').Replace('>', '_'), out _, out var errors);
            Assert.True(errors.Length == 0, $"{recipe.Name}: {string.Join<ParseError>("; ", errors)}");
            foreach (var call in tree.FindAll(node => node is CommandAst, true).Cast<CommandAst>())
            {
                if (call.GetCommandName() is { } name && name.Contains("CogCommit", StringComparison.Ordinal) && !name.Contains('/', StringComparison.Ordinal))
                {
                    Assert.True(ours.TryGetValue(name, out var command), $"There is no {name}.");
                    seen++;
                    Assert.All(call.CommandElements.OfType<CommandParameterAst>(), parameter => Assert.Contains(parameter.ParameterName, command!.Parameters.Keys));
                }
            }
        }
        Assert.True(seen > 10, $"Only {seen} calls were found.");
    }

    [Fact]
    public void The_table_of_codes_is_what_the_script_ends_with()
    {
        var document = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "automation.md"));

        Assert.Contains("0 completed, 1 error, 2 offline, 3 incomplete", document, StringComparison.Ordinal);
        Assert.Contains("@{ completed = 0; offline = 2; incomplete = 3 }", Recipe.Named("hourly.ps1").Text, StringComparison.Ordinal);
        var topic = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "about", "about_CogCommit_Automation.md"));
        Assert.Contains("@{ completed = 0; offline = 2; incomplete = 3 }", topic, StringComparison.Ordinal);
        Assert.Contains("SuccessExitStatus=2", Recipe.Named("cogcommit.service").Text, StringComparison.Ordinal);
    }

    public void Dispose() => _engine.Dispose();
}
