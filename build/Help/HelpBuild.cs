using CogCommit.Help.About;
using CogCommit.Help.Commands;
using CogCommit.Help.Maml;
using CogCommit.Help.Pages;

namespace CogCommit.Help;

/// <summary>From folders of Markdown to the files that PowerShell reads.</summary>
public static class HelpBuild
{
    /// <summary>The pages of a folder, by name; README.md is none.</summary>
    public static IEnumerable<string> PagesIn(string folder) =>
        Directory.EnumerateFiles(folder, "*.md").Where(file => Path.GetFileName(file) != "README.md").Order(StringComparer.Ordinal);

    /// <exception cref="HelpException">A page is wrong, is missing, or is of no command.</exception>
    public static void WriteMaml(IReadOnlyList<Command> commands, string pages, string file)
    {
        var read = PagesIn(pages).Select(page => CmdletPage.Read(page, File.ReadAllText(page))).ToDictionary(page => page.Name);
        if (read.Values.FirstOrDefault(page => commands.All(command => command.Name != page.Name)) is { } foreign)
        {
            throw foreign.Page.Wrong($"The module has no cmdlet {foreign.Name}.");
        }
        var helps = commands.Select(command => new CommandHelp(command, read.GetValueOrDefault(command.Name)
            ?? throw new HelpException(Path.Combine(pages, command.Name + ".md"), 1, $"{command.Name} has no page.")));
        var document = MamlFile.Of(helps);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        document.Save(file);
    }

    /// <summary>Writes each page's topic, and removes those that have none any more.</summary>
    /// <exception cref="HelpException">A page is wrong.</exception>
    public static void WriteTopics(string pages, string folder)
    {
        var topics = PagesIn(pages).ToDictionary(
            page => Path.Combine(folder, Path.GetFileNameWithoutExtension(page) + ".help.txt"),
            page => AboutPage.Render(page, File.ReadAllText(page)));
        Directory.CreateDirectory(folder);
        foreach (var stale in Directory.EnumerateFiles(folder, "about_*.help.txt").Where(file => !topics.ContainsKey(file)).ToList())
        {
            File.Delete(stale);
        }
        foreach (var (file, text) in topics)
        {
            File.WriteAllText(file, text);
        }
    }
}
