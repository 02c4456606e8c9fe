namespace CogCommit.Build.Demo;

/// <summary>Everything the demo writes. What it copied from transcripts goes with it; the exports stay when it went well.</summary>
internal sealed class DemoFolder : IDisposable
{
    private bool _keep;

    public DemoFolder()
    {
        // Made for its owner alone. What lies in it is too, but where root runs the demo, PostgreSQL's own user passes through it:
        // else the cluster, with its copy of the sessions, would have to lie elsewhere and outlive the demo.
        var root = Directory.CreateTempSubdirectory("cogcommit-demo-");
        Root = root.FullName;
        Exports = Path.Combine(Root, "exports");
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(Exports);
            return;
        }

        root.UnixFileMode |= UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        Directory.CreateDirectory(Exports, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public string Root { get; }

    public string Exports { get; }

    public string Cloud => Path.Combine(Root, "cloud");

    public string HomeOf(string machine) => Path.Combine(Root, machine);

    public void Keep() => _keep = true;

    public void Dispose()
    {
        try
        {
            foreach (var folder in Directory.EnumerateDirectories(Root).Where(folder => folder != Exports))
            {
                Directory.Delete(folder, recursive: true);
            }

            if (!_keep)
            {
                Directory.Delete(Root, recursive: true);
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"{Root} could not be deleted ({problem.Message}). It holds copies of the sessions: delete it yourself.");
        }
    }
}
