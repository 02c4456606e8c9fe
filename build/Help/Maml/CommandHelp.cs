using CogCommit.Help.Commands;
using CogCommit.Help.Pages;

namespace CogCommit.Help.Maml;

/// <summary>A command and its page, held against each other.</summary>
public sealed class CommandHelp
{
    private readonly Dictionary<string, IReadOnlyList<string>> _texts;

    /// <exception cref="HelpException">The page names a parameter that the command has not, or leaves one out.</exception>
    public CommandHelp(Command command, CmdletPage page)
    {
        Command = command;
        Page = page;
        var names = command.Parameters.Select(parameter => parameter.Name).ToHashSet(StringComparer.Ordinal);
        if (page.Parameters.FirstOrDefault(text => !names.Contains(text.Name)) is { } foreign)
        {
            var known = string.Join(", ", names.Order().Select(name => "-" + name));
            throw page.Wrong(foreign.Line, $"{command.Name} has no parameter -{foreign.Name}. It has: {known}.");
        }
        _texts = page.Parameters.ToDictionary(text => text.Name, text => text.Text);
        foreach (var name in names.Where(name => !_texts.ContainsKey(name)))
        {
            var text = EngineParameters.Of(name) ?? throw page.Page.Wrong($"The parameter -{name} has no text: '### -{name}' below '## Parameters'.");
            _texts.Add(name, [text]);
        }
    }

    public Command Command { get; }

    public CmdletPage Page { get; }

    public IReadOnlyList<string> TextOf(Parameter parameter) => _texts[parameter.Name];
}
