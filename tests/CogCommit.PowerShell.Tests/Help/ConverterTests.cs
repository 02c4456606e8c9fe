using System.Xml.Linq;
using CogCommit.Help;
using CogCommit.Help.About;
using CogCommit.Help.Commands;
using CogCommit.Help.Maml;
using CogCommit.Help.Pages;

namespace CogCommit.PowerShell.Tests.Help;

/// <summary>From Markdown to what PowerShell reads; and what is wrong with a page, by file and line.</summary>
public sealed class ConverterTests
{
    private const string Page = """
        # Get-Lamp

        ## Synopsis

        Lights `lamps`.

        ## Description

        One *paragraph*
        of two lines, with a [link](x.md).

        - first
        - second

        ## Examples

        ### All

        ```powershell cloud
        Get-Lamp -Name 'a & b'

        Get-Lamp
        ```

        Lights all.

        ### One

        ```powershell
        Get-Lamp red
        ```

        Lights one.

        ## Parameters

        ### -Name

        Its name.

        ## Inputs

        ### System.String

        Names.

        ## Outputs

        ### None

        Nothing.

        ## Related links

        - [Set-Lamp](Set-Lamp.md)
        """;

    private static readonly Parameter Name = new("Name", "string[]", true, 0, true, false, true, ["Id"], ["red", "blue"], "None");

    private static readonly Command Lamp = new("Get-Lamp", "Get", "Lamp", [[Name, new Parameter("WhatIf", "", false, null, false, false, false, ["wi"], [], "False")]]);

    [Fact]
    public void A_page_gives_its_text_without_marks()
    {
        var page = CmdletPage.Read("Get-Lamp.md", Page);
        Assert.Equal("Lights lamps.", page.Synopsis);
        Assert.Equal(["One paragraph of two lines, with a link.", "- first", "- second"], page.Description);
        Assert.Equal(["Set-Lamp"], page.RelatedLinks);
        Assert.Equal(("All", "Get-Lamp -Name 'a & b'\n\nGet-Lamp", 20), (page.Examples[0].Title, page.Examples[0].Code, page.Examples[0].Line));
        Assert.Equal(["cloud"], page.Examples[0].Needs);
        Assert.Equal(["Lights all."], page.Examples[0].Remarks);
    }

    [Theory]
    [InlineData("# Get-Lamp", "# Get-Light", 1, "The heading is 'Get-Light', but the file is Get-Lamp.md.")]
    [InlineData("# Get-Lamp\n", "Text\n", 1, "The page must begin with its heading")]
    [InlineData("## Synopsis", "### Synopsis", 3, "A level of headings is left out.")]
    [InlineData("## Synopsis\n\nLights `lamps`.\n\n", "", 1, "'## Synopsis' is missing.")]
    [InlineData("Lights `lamps`.\n", "\n", 3, "'Synopsis' has no text.")]
    [InlineData("## Outputs", "## Output", 47, "'Output' is not expected here. The headings are, in this order: Synopsis,")]
    [InlineData("### -Name", "### Name", 37, "A parameter's heading is '### -Name'.")]
    [InlineData("Its name.\n", "\n", 37, "'-Name' has no text.")]
    [InlineData("Lights one.\n", "\n", 27, "An example is a title, a block of code")]
    [InlineData("```powershell cloud", "```sh", 17, "An example is a title, a block of code")]
    [InlineData("### One", "### All", 27, "'All' stands twice below 'Examples'.")]
    [InlineData("- first", "> first", 12, "Help takes paragraphs, lists and code; this is a QuoteBlock.")]
    [InlineData("Names.\n", "Names.\n\n# Again\n", 47, "A page has one heading of the first level.")]
    [InlineData("## Inputs\n", "## Inputs\n\nWords.\n", 43, "Text below 'Inputs' comes under a heading of its own")]
    public void A_wrong_shape_is_told_with_file_and_line(string right, string wrong, int line, string what)
    {
        var text = Page.ReplaceLineEndings("\n");
        Assert.Contains(right, text, StringComparison.Ordinal);
        var place = text.IndexOf(right, StringComparison.Ordinal);
        var error = Assert.Throws<HelpException>(() => CmdletPage.Read("Get-Lamp.md", text[..place] + wrong + text[(place + right.Length)..]));
        Assert.StartsWith($"Get-Lamp.md({line}): error HELP: {what}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_parameter_that_the_command_has_not_is_told()
    {
        var page = CmdletPage.Read("Get-Lamp.md", Page.Replace("### -Name", "### -Nmae", StringComparison.Ordinal));
        var error = Assert.Throws<HelpException>(() => new CommandHelp(Lamp, page));
        Assert.Equal("Get-Lamp.md(37): error HELP: Get-Lamp has no parameter -Nmae. It has: -Name, -WhatIf.", error.Message);
    }

    [Fact]
    public void A_parameter_without_text_is_told()
    {
        var more = Lamp with { Sets = [[.. Lamp.Sets[0], Name with { Name = "Colour" }]] };
        var error = Assert.Throws<HelpException>(() => new CommandHelp(more, CmdletPage.Read("Get-Lamp.md", Page)));
        Assert.StartsWith("Get-Lamp.md(1): error HELP: The parameter -Colour has no text", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_command_without_a_page_and_a_page_without_a_command_are_told()
    {
        var folder = Directory.CreateTempSubdirectory("cogcommit-").FullName;
        try
        {
            var file = Path.Combine(folder, "out", "help.xml");
            Assert.EndsWith("Get-Lamp.md(1): error HELP: Get-Lamp has no page.", Assert.Throws<HelpException>(() => HelpBuild.WriteMaml([Lamp], folder, file)).Message, StringComparison.Ordinal);
            File.WriteAllText(Path.Combine(folder, "Get-Lamp.md"), Page);
            Assert.EndsWith("(1): error HELP: The module has no cmdlet Get-Lamp.", Assert.Throws<HelpException>(() => HelpBuild.WriteMaml([], folder, file)).Message, StringComparison.Ordinal);
            Assert.False(File.Exists(file));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void The_facts_of_a_parameter_come_from_the_command()
    {
        var maml = MamlFile.Of([new CommandHelp(Lamp, CmdletPage.Read("Get-Lamp.md", Page))]);
        var parameter = Named(maml, "parameters").Elements().First();
        Assert.Equal(
            ["required=true", "variableLength=true", "globbing=true", "pipelineInput=true (ByValue)", "position=0", "aliases=Id"],
            parameter.Attributes().Select(attribute => $"{attribute.Name}={attribute.Value}"));
        Assert.Equal("string[]", parameter.Elements().Single(part => part.Name.LocalName == "parameterValue").Value);
        var values = Named(maml, "syntaxItem").Descendants().Single(part => part.Name.LocalName == "parameterValueGroup");
        Assert.Equal(["red", "blue"], values.Elements().Select(value => value.Value));
        // A switch takes no value.
        Assert.DoesNotContain(Named(maml, "parameters").Elements().Last().Elements(), part => part.Name.LocalName == "parameterValue");
        Assert.Equal("Get-Lamp -Name 'a & b'\n\nGet-Lamp", maml.Descendants().First(part => part.Name.LocalName == "code").Value);
    }

    [Fact]
    public void An_about_topic_is_wrapped_at_80_columns()
    {
        var words = string.Join(' ', Enumerable.Repeat("lantern", 30));
        var topic = AboutPage.Render("about_Lamps.md", $"""
            # about_Lamps

            ## Short description

            About lamps.

            ## Long description

            {words}

            ### Colours

            - {words}

            1. one

            - 30d -Since {words}

              goes on

            ## Examples

            ```powershell
            Get-Lamp
            ```

            ## Keywords

            - light

            ## See also

            - Get-Lamp
            """).Split('\n');
        Assert.Equal(["TOPIC", "    about_Lamps", "", "SHORT DESCRIPTION", "    About lamps.", "", "LONG DESCRIPTION"], topic.Take(7));
        Assert.All(topic, line => Assert.True(line.Length <= 80, line));
        Assert.Contains("  Colours", topic);
        Assert.Contains(topic, line => line.StartsWith("    - lantern", StringComparison.Ordinal));
        Assert.Contains(topic, line => line.StartsWith("      lantern", StringComparison.Ordinal));
        Assert.Contains("    1. one", topic);
        Assert.Contains(topic, line => line.StartsWith("    - 30d -Since lantern", StringComparison.Ordinal));
        Assert.Contains("      goes on", topic);
        Assert.Contains("        Get-Lamp", topic);
        Assert.Equal(90, topic.Sum(line => line.Split("lantern").Length - 1));
    }

    [Fact]
    public void Code_that_is_too_wide_for_a_topic_is_told()
    {
        var error = Assert.Throws<HelpException>(() => AboutPage.Render("about_Lamps.md", $"""
            # about_Lamps

            ## Short description

            About lamps.

            ## Long description

            Long.

            ## Examples

            ```powershell
            {new string('x', 73)}
            ```

            ## Keywords

            - light

            ## See also

            - Get-Lamp
            """));
        Assert.StartsWith("about_Lamps.md(13): error HELP: This line of code is longer than 72 columns: xxx", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", new string[0])]
    [InlineData("one", new[] { "  one" })]
    [InlineData("one two", new[] { "  one two" })]
    [InlineData("one twoo", new[] { "  one", "    twoo" })]
    [InlineData("waytoolongword a", new[] { "  waytoolongword", "    a" })]
    public void A_line_breaks_where_the_next_word_would_pass_the_edge(string text, string[] lines) => Assert.Equal(lines, Wrap.Lines(text, 9, 2, 4));

    private static XElement Named(XDocument maml, string name) => maml.Descendants().First(part => part.Name.LocalName == name);
}
