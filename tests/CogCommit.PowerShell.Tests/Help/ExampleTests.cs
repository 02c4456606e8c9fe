using System.Management.Automation;
using System.Management.Automation.Language;

namespace CogCommit.PowerShell.Tests.Help;

/// <summary>Every example of docs/cmdlets does what it says, or at least runs.</summary>
public sealed class ExampleTests(ExampleStage stage) : IClassFixture<ExampleStage>
{
    private static readonly string[] Words = ["cloud", "signin", "conflict", "pwsh"];

    public static TheoryData<string, string> Runnable() => Examples(pwsh: false);

    public static TheoryData<string, string> All()
    {
        var all = Examples(pwsh: false);
        all.AddRange([.. Examples(pwsh: true)]);
        return all;
    }

    [Theory]
    [MemberData(nameof(Runnable))]
    public void It_runs_without_an_error(string cmdlet, string title)
    {
        var example = HelpPages.Example(cmdlet, title);
        var outcome = stage.Run(example).Fine();
        Assert.Empty(outcome.Warnings);
        if (LooksAtSomething(example.Code))
        {
            Assert.True(outcome.Output.Count > 0, $"Nothing comes of: {example.Code}");
        }
    }

    /// <summary>Also those that run in a real pwsh alone.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public void It_names_commands_and_parameters_that_are_there(string cmdlet, string title)
    {
        var example = HelpPages.Example(cmdlet, title);
        Assert.All(example.Needs, word => Assert.Contains(word, Words));
        var named = Check(example.Code);
        Assert.Contains(named, name => name == cmdlet || (cmdlet == "Receive-CogCommit" && name == "Pull-CogCommit"));
    }

    [Fact]
    public void What_the_about_topics_show_names_commands_and_parameters_that_are_there()
    {
        foreach (var file in Directory.GetFiles(HelpPages.About, "about_*.md"))
        {
            var blocks = File.ReadAllText(file).ReplaceLineEndings("\n").Split("\n```powershell\n").Skip(1).Select(rest => rest[..rest.IndexOf("\n```", StringComparison.Ordinal)]).ToList();
            Assert.NotEmpty(blocks);
            Assert.All(blocks, block => Assert.NotEmpty(Check(block.Replace("<", "", StringComparison.Ordinal).Replace(">", "", StringComparison.Ordinal))));
        }
    }

    [Fact]
    public void Whatever_the_pages_call_a_command_is_one()
    {
        var known = stage.Ask("Get-Command -Module CogCommit").Fine().All<string>("Name").ToHashSet();
        foreach (var file in Directory.GetFiles(HelpPages.About, "*.md").Concat(Directory.GetFiles(HelpPages.Cmdlets, "*.md")).Where(file => Path.GetFileName(file) != "README.md"))
        {
            var named = System.Text.RegularExpressions.Regex.Matches(File.ReadAllText(file), @"\b[A-Z][a-z]+-CogCommit\w*").Select(match => match.Value);
            Assert.All(named, name => Assert.True(known.Contains(name), $"{file} names {name}."));
        }
    }

    private static TheoryData<string, string> Examples(bool pwsh)
    {
        var data = new TheoryData<string, string>();
        foreach (var page in HelpPages.All)
        {
            foreach (var example in page.Examples.Where(example => example.Needs.Contains("pwsh") == pwsh))
            {
                data.Add(page.Name, example.Title);
            }
        }
        return data;
    }

    /// <summary>Its last command gives what is there; so something must be.</summary>
    private static bool LooksAtSomething(string code)
    {
        var last = code.Split('\n', ';', '|')[^1].Trim();
        return last.StartsWith('(') || new[] { "Get-", "Search-", "Measure-", "Test-", "Where-" }.Any(verb => last.StartsWith(verb, StringComparison.Ordinal));
    }

    /// <summary>The names of our commands in the code; each is there, with each parameter that is given to it.</summary>
    private List<string> Check(string code)
    {
        var script = Parser.ParseInput(code, out _, out var errors);
        Assert.True(errors.Length == 0, string.Join('\n', errors.Select(error => error.Message)));
        var ours = script.FindAll(part => part is CommandAst command && command.GetCommandName()?.Contains("CogCommit", StringComparison.Ordinal) == true, searchNestedScriptBlocks: true)
            .Cast<CommandAst>().ToList();
        foreach (var command in ours)
        {
            var info = (CommandInfo)stage.Ask("Get-Command $args[0]", command.GetCommandName()).Fine().One.BaseObject;
            foreach (var parameter in command.CommandElements.OfType<CommandParameterAst>())
            {
                Assert.Equal(parameter.ParameterName, info.ResolveParameter(parameter.ParameterName).Name);
            }
        }
        return [.. ours.Select(command => command.GetCommandName())];
    }
}
