namespace CogCommit.Build.Demo;

/// <summary>Everything the demo writes. What it copied from transcripts goes with it; the exports stay when it went well.</summary>
internal sealed class DemoFolder : IDisposable
{
    private bool _keep;

    public DemoFolder()
    {
        // Made for its owner alone.
        Root = Directory.CreateTempSubdirectory("cogcommit-demo-").FullName;
        Exports = Path.Combine(Root, "exports");
        Directory.CreateDirectory(Exports);
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
