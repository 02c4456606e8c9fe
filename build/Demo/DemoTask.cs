namespace CogCommit.Build.Demo;

/// <summary>The main job, end to end, on one machine: two homes, a local cloud between them, in the real engine.</summary>
internal sealed class DemoTask(Children children)
{
    public int Run(string? path)
    {
        var source = DemoSource.Choose(path);
        new PostgresPrograms(children).Ensure();
        new Solution(children).Build();
        var folder = Tell(source);

        folder.Keep();
        Console.WriteLine($"""

            That was all on this machine. The local cloud stops now, and both homes are deleted; what was exported stays here until you delete it:
              {folder.Exports}

            For yourself, in PowerShell 7.4 or newer:
              Import-Module {Repository.PathOf("CogCommit.psd1")}
              Import-CogCommit                        # your own ~/.claude/projects, into ~/.cogcommit
              Search-CogCommit 'what was that again'

            To have it on every machine, with your own Supabase project (the free tier is enough; docs/cloud-setup.md, about ten minutes):
              Connect-CogCommit -Url https://<project>.supabase.co -AnonKey <its anon key>
              Sync-CogCommit
            """);
        return 0;
    }

    /// <summary>The demo as a test: with the samples, from what is built, and nothing stays.</summary>
    public int Try()
    {
        Tell(DemoSource.OfSamples());
        return 0;
    }

    private DemoFolder Tell(DemoSource source)
    {
        var folder = new DemoFolder();
        children.AtTheEnd(folder.Dispose);
        Console.WriteLine($"Starting a local cloud: a PostgreSQL of its own in {folder.Root} ...");
        var cloud = LocalCloudProcess.Start(children, folder.Cloud);
        Console.WriteLine($"It serves at {cloud.Url}. {source.Description}");

        using var laptop = new Machine("laptop", folder.HomeOf("laptop"), cloud);
        using var desktop = new Machine("desktop", folder.HomeOf("desktop"), cloud);
        new DemoStory(laptop, desktop, source, cloud, folder.Exports).Tell();
        return folder;
    }
}
