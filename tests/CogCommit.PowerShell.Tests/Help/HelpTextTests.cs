using System.Collections;
using System.Management.Automation;
using CogCommit.PowerShell.Tests.Engine;

namespace CogCommit.PowerShell.Tests.Help;

/// <summary>What Get-Help -Full says of each command, asked of the engine itself.</summary>
public sealed class HelpTextTests(BareEngine engine) : IClassFixture<BareEngine>
{
    public static TheoryData<string> Cmdlets()
    {
        using var bare = new BareEngine();
        return [.. bare.Run("Get-Command -Module CogCommit -CommandType Cmdlet").Fine().All<string>("Name")];
    }

    public static TheoryData<string> Topics() => ["about_CogCommit", "about_CogCommit_Sync", "about_CogCommit_Privacy", "about_CogCommit_Automation"];

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void A_cmdlet_has_all_its_help(string name)
    {
        var help = Help(name);
        Assert.Equal(name, help.Get<string>("Name"));
        Filled(help, "Synopsis", name);
        Filled(help, "description", "Text", name);
        foreach (var direction in new[] { ("inputTypes", "inputType"), ("returnValues", "returnValue") })
        {
            foreach (var type in Parts(help, direction.Item1, direction.Item2, name))
            {
                Filled(Part(type, "type"), "name", $"{name}, {direction.Item2}");
                Filled(type, "description", "Text", $"{name}, {direction.Item2}");
            }
        }
        Assert.NotEmpty(Parts(help, "relatedLinks", "navigationLink", name));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void A_cmdlet_has_two_examples_or_more_with_code_and_remarks(string name)
    {
        var examples = Parts(Help(name), "examples", "example", name).ToList();
        Assert.True(examples.Count >= 2, $"{name} has {examples.Count} examples.");
        foreach (var example in examples)
        {
            Filled(example, "title", name);
            Filled(example, "code", name);
            Filled(example, "remarks", "Text", $"{name}, {example.Get<string>("title")}");
        }
        var written = HelpPages.All.Single(page => page.Name == name).Examples;
        Assert.Equal(written.Select(example => example.Code), examples.Select(example => example.Get<string>("code")));
    }

    /// <summary>The command itself says what its parameters are; where there is a help file the engine shows what stands there.</summary>
    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Each_parameter_has_its_text_and_what_the_command_says_of_it(string name)
    {
        var command = (CommandInfo)engine.Run("Get-Command $args[0]", name).Fine().One.BaseObject;
        var expected = command.Parameters.Keys.Where(parameter => !Cmdlet.CommonParameters.Contains(parameter)).Order().ToList();
        var shown = expected.Count == 0 ? [] : Parts(Help(name), "parameters", "parameter", name).ToDictionary(parameter => parameter.Get<string>("name"));
        Assert.Equal(expected, shown.Keys.Order());
        foreach (var (parameter, help) in shown)
        {
            Filled(help, "description", "Text", $"{name} -{parameter}");
            var facts = command.ParameterSets.OrderByDescending(set => set.IsDefault).SelectMany(set => set.Parameters).First(one => one.Name == parameter);
            Assert.Equal(
                (parameter, facts.IsMandatory, facts.Position < 0 ? "named" : $"{facts.Position}", Pipeline(facts), facts.Attributes.OfType<SupportsWildcardsAttribute>().Any()),
                (parameter, bool.Parse(help.Get<string>("required")), help.Get<string>("position"), help.Get<string>("pipelineInput"), bool.Parse(help.Get<string>("globbing"))));
            Assert.Equal(facts.Aliases.Count == 0 ? "none" : string.Join(", ", facts.Aliases), help.Get<string>("aliases"));
            Filled(help, "defaultValue", $"{name} -{parameter}");
        }
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void The_syntax_has_each_set_of_parameters(string name)
    {
        var command = (CommandInfo)engine.Run("Get-Command $args[0]", name).Fine().One.BaseObject;
        var syntax = Parts(Help(name), "Syntax", "syntaxItem", name).ToList();
        Assert.Equal(command.ParameterSets.Count, syntax.Count);
    }

    [Fact]
    public void The_function_has_help_too()
    {
        var help = Help("cogcommit");
        Assert.StartsWith("Takes the command lines", help.Get<string>("Synopsis"), StringComparison.Ordinal);
        Filled(help, "description", "Text", "cogcommit");
        var text = string.Join("\n", List(help.Properties["description"].Value).Select(part => part.Get<string>("Text")));
        var words = engine.Run("try { cogcommit } catch { $_.Exception.Message }").Fine().One.ToString();
        var known = words[(words.IndexOf("are ", StringComparison.Ordinal) + 4)..].TrimEnd('.').Split(", ");
        Assert.All(known, word => Assert.Contains("\n" + word + " ", text, StringComparison.Ordinal));
        Assert.All(text.Split('\n'), line => Assert.True(line.Length <= 76, line));
        Assert.True(Parts(help, "examples", "example", "cogcommit").Count >= 2);
    }

    [Fact]
    public void An_alias_shows_the_help_of_its_command() => Assert.Equal("Receive-CogCommit", Help("Pull-CogCommit").Get<string>("Name"));

    [Theory]
    [MemberData(nameof(Topics))]
    public void An_about_topic_is_found_and_fits_80_columns(string name)
    {
        var text = engine.Run("Get-Help $args[0]", name).Fine().One.ToString();
        Assert.Matches($@"^TOPIC\r?\n    {name}\r?\n", text);
        Assert.All(text.ReplaceLineEndings("\n").Split('\n'), line => Assert.True(line.Length <= 80, line));
    }

    [Fact]
    public void The_about_topics_are_the_pages() =>
        Assert.Equal(Topics().Select(row => row.Data).Order(), Directory.GetFiles(HelpPages.About, "about_*.md").Select(Path.GetFileNameWithoutExtension).Order());

    private PSObject Help(string name) => engine.Run("Get-Help $args[0] -Full", name).Fine().One;

    private static string Pipeline(CommandParameterInfo facts) => (facts.ValueFromPipeline, facts.ValueFromPipelineByPropertyName) switch
    {
        (true, true) => "true (ByValue, ByPropertyName)",
        (true, false) => "true (ByValue)",
        (false, true) => "true (ByPropertyName)",
        _ => "false",
    };

    private static PSObject Part(PSObject of, string name) => PSObject.AsPSObject(of.Properties[name]?.Value ?? throw new InvalidOperationException($"No {name}."));

    private static List<PSObject> Parts(PSObject help, string outer, string inner, string name)
    {
        Assert.True(help.Properties[outer]?.Value is not null, $"{name} has no {outer}.");
        var parts = List(Part(help, outer).Properties[inner]?.Value).ToList();
        Assert.True(parts.Count > 0, $"{name} has no {inner}.");
        return parts;
    }

    private static IEnumerable<PSObject> List(object? value) =>
        (value is PSObject { BaseObject: IEnumerable inner and not string } ? inner : value as IEnumerable is { } list and not string ? list : new[] { value })
        .Cast<object?>().Where(part => part is not null).Select(part => PSObject.AsPSObject(part));

    private static void Filled(PSObject help, string property, string of) =>
        Assert.False(string.IsNullOrWhiteSpace(help.Properties[property]?.Value?.ToString()), $"{of} has no {property}.");

    private static void Filled(PSObject help, string property, string text, string of) =>
        Assert.True(List(help.Properties[property]?.Value).Any(part => !string.IsNullOrWhiteSpace(part.Properties[text]?.Value?.ToString())), $"{of} has no {property}.");
}
