namespace CogCommit.Core.Tests;

/// <summary>Real data that lies beside the project, never in it: found by COGCOMMIT_SHARED or as a sibling folder of the repository.</summary>
internal static class SharedData
{
    public static string? Root { get; } = Find();

    /// <summary>The path of a file or folder of the real data; skips the test where there is none.</summary>
    public static string Path(params string[] parts)
    {
        Assert.SkipWhen(Root is null, "The real data is not on this machine: no folder 'shared' beside the repository, and COGCOMMIT_SHARED is not set.");
        return System.IO.Path.Combine([Root!, .. parts]);
    }

    /// <summary>All transcripts of real sessions, in order of their paths.</summary>
    public static IReadOnlyList<string> Transcripts() =>
        [.. Directory.EnumerateFiles(Path("data", "transcripts", "claude-code"), "*.jsonl", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("COGCOMMIT_SHARED") is { Length: > 0 } named)
        {
            return Directory.Exists(named) ? named : null;
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var shared = System.IO.Path.Combine(folder.FullName, "shared");
            if (Directory.Exists(System.IO.Path.Combine(shared, "data", "transcripts")))
            {
                return shared;
            }
        }

        return null;
    }
}
