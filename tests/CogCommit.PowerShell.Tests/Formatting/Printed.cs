using CogCommit.PowerShell.Tests.Engine;

namespace CogCommit.PowerShell.Tests.Formatting;

/// <summary>What a script's output looks like on a screen of some columns, line by line, without the empty lines around it.</summary>
internal static class Printed
{
    /// <summary>As a screen shows it that knows no colours.</summary>
    public static IReadOnlyList<string> Plain(int width, string script) => Lines(string.Join("\n", Print(new Screen(width), script).Lines));

    /// <summary>With its escapes.</summary>
    public static IReadOnlyList<string> Coloured(int width, string script) => Lines(Print(new Screen(width) { ShowsColours = true }, script).Shown);

    /// <summary>As a screen gets it that shows no colours: escapes stand there as they came.</summary>
    public static IReadOnlyList<string> Shown(int width, string script) => Lines(Print(new Screen(width), script).Shown);

    /// <summary>The rows of a table, without its header.</summary>
    public static IReadOnlyList<string> Rows(int width, string script) => [.. Plain(width, script).Skip(2)];

    // $PSStyle belongs to the process: what another test said must not hold here.
    private static Screen Print(Screen screen, string script)
    {
        // Whoever runs the tests may have said that they want no colours.
        var before = Environment.GetEnvironmentVariable("NO_COLOR");
        Environment.SetEnvironmentVariable("NO_COLOR", null);
        using var runspace = BareEngine.NewRunspace(screen);
        BareEngine.RunIn(runspace, $"Import-Module $args[0]; $PSStyle.OutputRendering = 'Host'; {script} | Out-Default", RepositoryRoot.Manifest).Fine();
        Environment.SetEnvironmentVariable("NO_COLOR", before);
        return screen;
    }

    private static string[] Lines(string shown) => [.. shown.ReplaceLineEndings("\n").Trim('\n').Split('\n').Select(line => line.TrimEnd())];
}
