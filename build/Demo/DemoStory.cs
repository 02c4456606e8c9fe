using System.Management.Automation;

namespace CogCommit.Build.Demo;

/// <summary>The lines that are typed, and what must have come of them.</summary>
internal sealed class DemoStory(Machine laptop, Machine desktop, DemoSource source, LocalCloudProcess cloud, string exports)
{
    private const string NewTitle = "Renamed on the desktop";

    public void Tell()
    {
        Step("On the laptop: transcripts become commits in a local store.");
        laptop.Type($"Import-CogCommit {Quoted(source.Path)}");
        var commits = laptop.Type("Get-CogCommit -First 10");
        if (commits.Count == 0)
        {
            throw new BuildException($"There is no conversation in {source.Path}.");
        }

        var word = source.Samples ? "gift card* balance" : SearchWord.From(commits.Select(commit => Text(commit, "Title")));
        Must(laptop.Type($"Search-CogCommit {Quoted(word)} -First 5").Count > 0, "the laptop finds what it captured");
        laptop.Type("Measure-CogCommit");

        Step("Signing in. The browser's part, the local cloud's own page, is played by the demo.");
        foreach (var machine in new[] { laptop, desktop })
        {
            machine.Set("key", cloud.AnonKey);
        }

        laptop.Type($"Connect-CogCommit -Url {cloud.Url.GetLeftPart(UriPartial.Authority)} -AnonKey $key -MachineName laptop -NoBrowser");
        laptop.Type("Push-CogCommit");

        Step("On the desktop: another machine, an empty store, the same person.");
        desktop.Type($"Connect-CogCommit -Url {cloud.Url.GetLeftPart(UriPartial.Authority)} -AnonKey $key -MachineName desktop -NoBrowser");
        desktop.Type("Receive-CogCommit");
        var hits = desktop.Type($"Search-CogCommit {Quoted(word)} -First 5");
        Must(hits.Count > 0, "the desktop finds what the laptop captured");
        var id = Text(hits[0], "CommitId");
        desktop.Type($"Set-CogCommit {id[..8]} -Title {Quoted(NewTitle)}");
        if (source.Samples)
        {
            // Its main work tree is not on this machine, so the project was guessed from the folder's name.
            desktop.Type("Get-CogCommit -Project moonjumper-night-sky | Set-CogCommit -Project moonjumper");
        }

        desktop.Type("Sync-CogCommit");

        Step("Back on the laptop.");
        laptop.Type("Sync-CogCommit");
        var renamed = laptop.Type($"Get-CogCommit {id[..8]}");
        Must(renamed.Count == 1 && Text(renamed[0], "Title") == NewTitle, "the laptop shows the title that the desktop gave");
        laptop.Type("Get-CogCommitSyncStatus");

        Step("Export: one to read, and everything in a form that can be imported again.");
        laptop.Set("exports", exports);
        laptop.Type($"Search-CogCommit {Quoted(word)} -First 1 | Get-CogCommit | Export-CogCommit -Format Html -Path $exports/{id[..8]}.html");
        laptop.Type("Get-CogCommit -First 5 | Export-CogCommit -Format Markdown -Path $exports/");
        laptop.Type("Export-CogCommit -Format Json -Path $exports/history.json");
        Must(Directory.EnumerateFiles(exports).Count() > 2, "the exports are written");
    }

    private static void Step(string text)
    {
        Console.WriteLine();
        Console.WriteLine(Console.IsOutputRedirected ? $"# {text}" : $"\e[32m# {text}\e[0m");
    }

    private static void Must(bool holds, string what)
    {
        if (!holds)
        {
            throw new BuildException($"This should have come out and did not: {what}. Please report it.");
        }
    }

    private static string Text(PSObject value, string property) => value.Properties[property]?.Value?.ToString() ?? "";

    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
