namespace CogCommit.Core.Capture.Import;

/// <summary>Finds the transcripts of Claude Code.</summary>
internal static class TranscriptFiles
{
    public static IReadOnlyList<string> DefaultFolders()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var named = Environment.GetEnvironmentVariable("CLAUDE_CONFIG_DIR") ?? "";
        return named.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Append(Path.Combine(home, ".claude")).Append(Path.Combine(home, ".config", "claude"))
            .Select(folder => Path.Combine(folder, "projects")).Where(Directory.Exists).Distinct().ToList();
    }

    /// <summary>The files under these paths, main ones first, and how many are the agent's housekeeping.</summary>
    public static (List<TranscriptFile> Files, int Housekeeping) Find(IEnumerable<string> paths)
    {
        var found = new List<TranscriptFile>();
        var housekeeping = 0;
        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.None };
        var all = paths.SelectMany(path => Directory.Exists(path) ? Directory.EnumerateFiles(path, "*.jsonl", options) : [path]);
        foreach (var path in all.Select(Path.GetFullPath).Distinct().Order(StringComparer.Ordinal))
        {
            var stem = Path.GetFileNameWithoutExtension(path);
            var info = new FileInfo(path);
            if (!stem.StartsWith("agent-", StringComparison.Ordinal))
            {
                if (!path.Replace('\\', '/').Contains("/subagents/", StringComparison.Ordinal))
                {
                    found.Add(new TranscriptFile(path, stem, null, info.Length, info.LastWriteTimeUtc.Ticks));
                }
                else
                {
                    housekeeping++;
                }

                continue;
            }

            var agent = stem["agent-".Length..];
            if (ImportContext.IsHousekeeping(agent))
            {
                housekeeping++;
                continue;
            }

            if (ParentOf(path) is { } parent)
            {
                found.Add(new TranscriptFile(path, $"{parent}/{agent}", parent, info.Length, info.LastWriteTimeUtc.Ticks));
            }
        }

        return ([.. found.OrderBy(file => file.Parent is not null)], housekeeping);
    }

    private static string? ParentOf(string path)
    {
        var parts = path.Replace('\\', '/').Split('/');
        var index = Array.LastIndexOf(parts, "subagents");
        return index > 0 ? parts[index - 1] : null;
    }
}
