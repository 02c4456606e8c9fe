using CogCommit.Help;
using CogCommit.Help.Pages;
using CogCommit.PowerShell.Tests.Engine;

namespace CogCommit.PowerShell.Tests.Help;

/// <summary>The pages of docs/cmdlets and docs/about.</summary>
internal static class HelpPages
{
    internal static string Cmdlets => Path.Combine(RepositoryRoot.Path, "docs", "cmdlets");

    internal static string About => Path.Combine(RepositoryRoot.Path, "docs", "about");

    internal static IReadOnlyList<CmdletPage> All { get; } = [.. HelpBuild.PagesIn(Cmdlets).Select(page => CmdletPage.Read(page, File.ReadAllText(page)))];

    internal static Example Example(string cmdlet, string title) =>
        All.Single(page => page.Name == cmdlet).Examples.Single(example => example.Title == title);
}
