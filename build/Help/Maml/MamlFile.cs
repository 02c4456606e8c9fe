using System.Globalization;
using System.Xml.Linq;
using CogCommit.Help.Commands;
using CogCommit.Help.Pages;

namespace CogCommit.Help.Maml;

/// <summary>Writes help as PowerShell reads it.</summary>
public static class MamlFile
{
    private static readonly XNamespace Items = "http://msh";
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Cmd = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    public static XDocument Of(IEnumerable<CommandHelp> commands) => new(new XElement(
        Items + "helpItems",
        new XAttribute("schema", "maml"),
        new XAttribute(XNamespace.Xmlns + "maml", Maml),
        new XAttribute(XNamespace.Xmlns + "command", Cmd),
        new XAttribute(XNamespace.Xmlns + "dev", Dev),
        commands.Select(Of)));

    private static XElement Of(CommandHelp help) => new(
        Cmd + "command",
        new XElement(
            Cmd + "details",
            new XElement(Cmd + "name", help.Command.Name),
            new XElement(Cmd + "verb", help.Command.Verb),
            new XElement(Cmd + "noun", help.Command.Noun),
            Description([help.Page.Synopsis])),
        Description(help.Page.Description),
        new XElement(Cmd + "syntax", help.Command.Sets.Select(set => new XElement(
            Cmd + "syntaxItem",
            new XElement(Maml + "name", help.Command.Name),
            set.Select(parameter => InSyntax(help, parameter))))),
        new XElement(Cmd + "parameters", help.Command.Parameters.Select(parameter => InFull(help, parameter))),
        new XElement(Cmd + "inputTypes", help.Page.Inputs.Select(input => new XElement(Cmd + "inputType", TypeAndText(input)))),
        new XElement(Cmd + "returnValues", help.Page.Outputs.Select(output => new XElement(Cmd + "returnValue", TypeAndText(output)))),
        help.Page.Notes.Count == 0 ? null : new XElement(Maml + "alertSet", new XElement(Maml + "alert", Paragraphs(help.Page.Notes))),
        new XElement(Cmd + "examples", help.Page.Examples.Select(Of)),
        new XElement(Cmd + "relatedLinks", help.Page.RelatedLinks.Select(link => new XElement(
            Maml + "navigationLink", new XElement(Maml + "linkText", link), new XElement(Maml + "uri")))));

    private static XElement InSyntax(CommandHelp help, Parameter parameter)
    {
        var element = Parameter(help, parameter);
        if (parameter.Values.Count > 0)
        {
            element.Add(new XElement(Cmd + "parameterValueGroup", parameter.Values.Select(value => new XElement(
                Cmd + "parameterValue", new XAttribute("required", false), new XAttribute("variableLength", false), value))));
        }
        else
        {
            element.Add(Value(parameter));
        }
        return element;
    }

    private static XElement InFull(CommandHelp help, Parameter parameter)
    {
        var element = Parameter(help, parameter);
        element.Add(
            Value(parameter),
            new XElement(Dev + "type", new XElement(Maml + "name", parameter.Type.Length == 0 ? "SwitchParameter" : parameter.Type), new XElement(Maml + "uri")),
            new XElement(Dev + "defaultValue", parameter.Default));
        return element;
    }

    private static XElement Parameter(CommandHelp help, Parameter parameter) => new(
        Cmd + "parameter",
        new XAttribute("required", parameter.Mandatory),
        new XAttribute("variableLength", parameter.Type.EndsWith("[]", StringComparison.Ordinal)),
        new XAttribute("globbing", parameter.Wildcards),
        new XAttribute("pipelineInput", PipelineInput(parameter)),
        new XAttribute("position", parameter.Position?.ToString(CultureInfo.InvariantCulture) ?? "named"),
        new XAttribute("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases)),
        new XElement(Maml + "name", parameter.Name),
        Description(help.TextOf(parameter)));

    /// <summary>A switch has none: its syntax would ask for one.</summary>
    private static XElement? Value(Parameter parameter) => parameter.Type.Length == 0
        ? null
        : new XElement(Cmd + "parameterValue", new XAttribute("required", true), new XAttribute("variableLength", false), parameter.Type);

    private static string PipelineInput(Parameter parameter) => (parameter.ByValue, parameter.ByPropertyName) switch
    {
        (true, true) => "true (ByValue, ByPropertyName)",
        (true, false) => "true (ByValue)",
        (false, true) => "true (ByPropertyName)",
        _ => "false",
    };

    private static object[] TypeAndText(NamedText type) =>
        [new XElement(Dev + "type", new XElement(Maml + "name", type.Name), new XElement(Maml + "uri")), Description(type.Text)];

    private static XElement Of(Example example, int index) => new(
        Cmd + "example",
        new XElement(Maml + "title", string.Create(CultureInfo.InvariantCulture, $"Example {index + 1}: {example.Title}")),
        new XElement(Dev + "code", example.Code),
        // The empty one keeps the next title apart.
        new XElement(Dev + "remarks", Paragraphs([.. example.Remarks, ""])));

    private static XElement Description(IEnumerable<string> paragraphs) => new(Maml + "description", Paragraphs(paragraphs));

    private static IEnumerable<XElement> Paragraphs(IEnumerable<string> texts) => texts.Select(text => new XElement(Maml + "para", text));
}
