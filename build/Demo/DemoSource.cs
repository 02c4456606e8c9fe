namespace CogCommit.Build.Demo;

/// <summary>Which transcripts the demo shows. They are only read.</summary>
/// <param name="Path">The folder.</param>
/// <param name="Description">What the user should know of it.</param>
/// <param name="Samples">Ours: the demo knows what is in them.</param>
internal sealed record DemoSource(string Path, string Description, bool Samples = false)
{
    public static DemoSource Choose(string? named)
    {
        if (named is not null)
        {
            var full = System.IO.Path.GetFullPath(named);
            return HasTranscripts(full)
                ? new DemoSource(full, $"The sessions are those under {full}; they are only read.")
                : throw new BuildException($"There is no transcript (*.jsonl) under {full}. Name another folder, or leave --path away to see the samples.");
        }

        var own = System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".claude", "projects");
        return HasTranscripts(own)
            ? new DemoSource(own, $"The sessions are your own, from {own}: only read, and nobody but this demo's folder and its local cloud gets them.")
            : OfSamples();
    }

    public static DemoSource OfSamples() => new(
        Repository.PathOf("samples", "claude-code"), "The sessions are samples, written for this demo (samples/README.md).", Samples: true);

    private static bool HasTranscripts(string folder) =>
        Directory.Exists(folder) && Directory.EnumerateFiles(folder, "*.jsonl", SearchOption.AllDirectories).Any();
}
